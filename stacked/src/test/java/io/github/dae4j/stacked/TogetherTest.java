package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import io.github.dae4j.stacked.finetuning.ReconstructionIterator;
import io.github.dae4j.stacked.finetuning.TwoPrototypes;
import io.github.dae4j.stacked.finetuning.ValidationScore;
import io.github.dae4j.stacked.pretraining.DivergedException;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Pretraining, fine-tuning, files and the stack's own methods, one after the other. */
class TogetherTest {

  @TempDir private Path folder;

  @Test
  void aStackIsPretrainedFineTunedSavedAndLoaded() throws IOException {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    pretrain(stack, train());
    FineTuner tuner =
        new FineTuner.Builder()
            .epochs(4)
            .updater(new Adam(0.01))
            .denoisingWeight(0.1)
            .freezing(FreezingSchedule.freezingBelow(1).then(2, 0))
            .build();
    stack.fineTune(tuner, train(), train());
    stack.save(folder.resolve("model.zip"), true);
    StackedDenoisingAutoEncoder loaded =
        StackedDenoisingAutoEncoder.load(folder.resolve("model.zip"));
    INDArray x = SmallStacks.data(5);
    assertThat(SmallStacks.exact(loaded.encode(x)))
        .containsExactly(SmallStacks.exact(stack.encode(x)));
    assertThat(SmallStacks.exact(loaded.toDenseNetwork().output(x)))
        .containsExactly(SmallStacks.exact(stack.network().output(x)));
  }

  @Test
  void trainersGetMinibatchesInTheNetworksUnits() {
    INDArray x = TwoPrototypes.features(40).mul(50).addi(1000);
    INDArray before = x.dup();
    NormalizerStandardize standardize = new NormalizerStandardize();
    standardize.fit(new DataSet(x, x));
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(12, 8)
            .visible(Activation.IDENTITY, LossFunction.L2)
            .updater(new Adam(0.02))
            .normalization(standardize)
            .build();
    double untrained = stack.reconstructionError(x).meanNumber().doubleValue();
    stack.pretrain(
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(40)).build(),
        new ViewIterator(new DataSet(x, x), 10));
    assertThat(stack.reconstructionError(x).meanNumber().doubleValue()).isLessThan(untrained / 3);
    assertThat(x).isEqualTo(before);
  }

  @Test
  void rowsOfAViewFurtherIntoAnArrayAreNotLost() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray all = SmallStacks.data(5000);
    INDArray view = all.get(NDArrayIndex.interval(1100, 4100), NDArrayIndex.all());
    assertThat(SmallStacks.exact(stack.encode(view)))
        .containsExactly(SmallStacks.exact(stack.encode(view.dup())));
  }

  @Test
  void wideUnitsAreNormalizedBeforeTheyAreHalf() {
    INDArray x = SmallStacks.data(20).mul(5).addi(70_000);
    NormalizerStandardize standardize = new NormalizerStandardize();
    standardize.fit(new DataSet(x, x));
    StackedDenoisingAutoEncoder stack =
        SmallStacks.two()
            .visible(Activation.IDENTITY, LossFunction.L2)
            .dataType(DataType.FLOAT16)
            .normalization(standardize)
            .build();
    assertThat(stack.reconstructionError(x).sumNumber().doubleValue()).isFinite();
    assertThat(stack.reconstruct(x).meanNumber().doubleValue()).isBetween(69_000.0, 71_000.0);
  }

  @Test
  void divergenceBeforeTheFirstValidationLeavesTheNetworkAsItWas() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().activation(Activation.IDENTITY).build();
    INDArray before = stack.network().params().dup();
    FineTuner tuner = new FineTuner.Builder().epochs(2).updater(new Sgd(1e38)).build();
    assertThatThrownBy(() -> tuner.fit(stack.network(), train(), train()))
        .isInstanceOf(DivergedException.class);
    assertThat(stack.network().params()).isEqualTo(before);
  }

  @Test
  void aStackCanBeSavedAndCopiedWhileLayersAreFrozen() throws IOException {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    Path file = folder.resolve("checkpoint.zip");
    FineTuner tuner =
        new FineTuner.Builder()
            .epochs(1)
            .updater(new Adam(0.01))
            .freezing(FreezingSchedule.freezingBelow(1))
            .build();
    List<Integer> saved = new ArrayList<>();
    BaseTrainingListener saving =
        new BaseTrainingListener() {
          @Override
          public void onEpochEnd(Model model) {
            try {
              stack.save(file, true);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            assertThat(stack.network().clone().params()).isEqualTo(stack.network().params());
            saved.add(1);
          }
        };
    stack.network().setListeners(saving);
    tuner.fit(stack.network(), train(), train());
    assertThat(saved).hasSize(1);
    assertThat(StackedDenoisingAutoEncoder.load(file).network().params().length())
        .isEqualTo(stack.network().params().length());
  }

  /** Jackson cannot build it: it has no constructor without arguments. */
  public static final class Unreadable extends LossL2 {
    private static final long serialVersionUID = 1L;

    public Unreadable(Thread owner) {
      super(null);
    }
  }

  @Test
  void whatCannotBeReadBackIsNotWrittenOverWhatCan() throws IOException {
    Path file = folder.resolve("model.zip");
    StackedDenoisingAutoEncoder good = SmallStacks.two().build();
    good.save(file, false);
    StackedDenoisingAutoEncoder bad =
        SmallStacks.of(SmallStacks.layer(12, 8).reconstructionLoss(new Unreadable(null)).build());
    assertThatThrownBy(() -> bad.save(file, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot write " + file + ": the configuration cannot be read back");
    assertThat(StackedDenoisingAutoEncoder.load(file).network().params())
        .isEqualTo(good.network().params());
  }

  @Test
  void aFrozenStackIsNotUnrolled() {
    PretrainableNetwork network = SmallStacks.two().build().network();
    network.getLayers()[1] = new FrozenLayer(network.getLayer(1));
    assertThatThrownBy(() -> UnrolledStack.of(network))
        .hasMessage("a stack to unroll must not be frozen, layer 1 is");
  }

  @Test
  void pretrainingAgainBeginsAdamAgain() {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(12, 8).updater(new Adam(0.001)).build();
    pretrain(stack, train());
    INDArray before = stack.network().params().dup();
    new GreedyPretrainer.Builder()
        .plan(LayerPlan.ofEpochs(1).withMinibatch(20))
        .build()
        .pretrain(stack.network(), train());
    double largestStep = stack.network().params().sub(before).amaxNumber().doubleValue();
    assertThat(largestStep).isLessThan(0.0011);
  }

  @Test
  void fineTuningBeginsAtTheFirstMinibatch() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    DataSetIterator begun = train();
    begun.next();
    FineTuningResult result =
        new FineTuner.Builder()
            .epochs(1)
            .updater(new Sgd(0.1))
            .build()
            .fit(stack.network(), begun, train());
    assertThat(result.iterations()).isEqualTo(4);
  }

  @Test
  void reconstructionHasNoClassificationError() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    FineTuner tuner =
        new FineTuner.Builder()
            .epochs(1)
            .validationScore(ValidationScore.CLASSIFICATION_ERROR)
            .build();
    DataSetIterator clean = ReconstructionIterator.clean(train());
    assertThatThrownBy(() -> tuner.fit(UnrolledStack.of(stack.network()).network(), clean, clean))
        .hasMessage(
            "FineTuner validationScore must be LOSS for a ReconstructionIterator, got"
                + " CLASSIFICATION_ERROR");
  }

  @Test
  void anUnrolledStackKeepsTheUpdaterOfItsBiases() {
    PretrainableNetwork network =
        SmallStacks.network(
            DataType.FLOAT,
            new DenoisingAutoEncoder.Builder()
                .nIn(12)
                .nOut(8)
                .activation(Activation.SIGMOID)
                .corruption(new MaskingCorruption(0.2))
                .biasUpdater(new Sgd(0))
                .build());
    PretrainableNetwork unrolled = PretrainableNetwork.copyOf(UnrolledStack.of(network).network());
    INDArray bias = unrolled.getParam("0_b").dup();
    INDArray x = SmallStacks.data(5);
    unrolled.fit(x, x);
    assertThat(unrolled.getParam("0_b")).isEqualTo(bias);
    assertThat(unrolled.getParam("0_W")).isNotEqualTo(network.getParam("0_W"));
  }

  private static void pretrain(StackedDenoisingAutoEncoder stack, DataSetIterator minibatches) {
    new GreedyPretrainer.Builder()
        .plan(LayerPlan.ofEpochs(5))
        .build()
        .pretrain(stack.network(), minibatches);
  }

  private static DataSetIterator train() {
    Nd4j.getRandom().setSeed(5);
    return new ViewIterator(
        new DataSet(TwoPrototypes.features(20), SmallStacks.labelled(20).getLabels()), 5);
  }
}
