package io.github.dae4j.stacked.pretraining;

import static io.github.dae4j.stacked.pretraining.Stacks.WIDTH;
import static io.github.dae4j.stacked.pretraining.Stacks.batches;
import static io.github.dae4j.stacked.pretraining.Stacks.bits;
import static io.github.dae4j.stacked.pretraining.Stacks.data;
import static io.github.dae4j.stacked.pretraining.Stacks.denoising;
import static io.github.dae4j.stacked.pretraining.Stacks.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What stops a run, what it says, and what it leaves behind. */
class GreedyPretrainerErrorTest {

  private static final LayerPlan PLAN = LayerPlan.ofEpochs(2);

  @TempDir Path directory;

  @Test
  void sequencesCannotBePretrainedOn() {
    PretrainableNetwork network =
        Stacks.of(
            new TimeDistributed(Stacks.denoising(WIDTH, 5), RNNFormat.NCW),
            new RnnOutputLayer.Builder().nIn(5).nOut(2).activation(Activation.SOFTMAX).build());
    assertThatThrownBy(() -> builder().plan(PLAN).build().pretrain(network, batches(data(20), 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 0 of the network is TimeDistributed, whose sequences cannot be pretrained on;"
                + " pretrain the layer inside alone, on the steps as rows");
  }

  @Test
  void divergenceNamesLayerEpochIterationAndLearningRate() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    INDArray above = network.getLayer(1).params().dup();
    GreedyPretrainer pretrainer =
        builder()
            .plan(0, PLAN)
            .plan(1, PLAN.withUpdater(new Sgd(0.1)).withLearningRate(1e38))
            .build();
    assertThatThrownBy(() -> pretrainer.pretrain(network, batches(data(20), 5)))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "pretraining layer 1 diverged: its score is (NaN|Infinity) in epoch 0, iteration [12],"
                + " at learning rate 1.0E38");
    assertThat(network.getLayer(1).params()).isEqualTo(above);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void divergenceInTheLastStepIsFoundInTheWeights() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10);
    float[] before = bits(network);
    GreedyPretrainer pretrainer =
        builder()
            .plan(LayerPlan.ofEpochs(1).withMinibatch(20).withUpdater(new Sgd(Float.MAX_VALUE)))
            .build();
    assertThatThrownBy(() -> pretrainer.pretrain(network, batches(data(20), 5)))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("pretraining layer 0 diverged: the sum of its weights is ")
        .hasMessageContaining("in epoch 0, iteration 0");
    assertThat(bits(network)).isEqualTo(before);
  }

  @Test
  void filesGoWhenAListenerThrows() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochEnd(Model model) {
            if (network.getLayer(1).conf().getEpochCount() == 1) {
              assertThat(directory).isNotEmptyDirectory();
              throw new IllegalStateException("enough");
            }
          }
        });
    GreedyPretrainer pretrainer = builder().plan(PLAN).build();
    assertThatThrownBy(
            () -> pretrainer.pretrain(network, batches(data(20), 5), batches(data(8), 4)))
        .hasMessage("enough");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamedWithTheBytes() {
    Path missing = directory.resolve("missing");
    GreedyPretrainer pretrainer = builder().plan(PLAN).workingDirectory(missing).build();
    assertThatThrownBy(() -> pretrainer.pretrain(Stacks.of(WIDTH, 10), batches(data(20), 5)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "cannot cache 240 bytes of codes in %s: NoSuchFileException %s", missing, missing);
  }

  @Test
  void plansForLayersThatCannotBePretrainedAreRefused() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    network.getLayers()[0] = new FrozenLayer(network.getLayer(0));
    for (int index : new int[] {-1, 0, 2, 3}) {
      GreedyPretrainer pretrainer = builder().plan(index, PLAN).build();
      assertThatThrownBy(() -> pretrainer.pretrain(network, batches(data(20), 5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "plan for layer %d: layers [1] of the network can be pretrained and are not frozen",
              index);
    }
  }

  @Test
  void setsThatCannotBeUsedAreNamed() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10);
    GreedyPretrainer pretrainer = builder().plan(PLAN).build();
    assertThatThrownBy(() -> pretrainer.pretrain(network, new ListDataSetIterator<>(List.of(), 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the training set has no example");

    DataSet masked = new DataSet(data(4), data(4), Nd4j.ones(4, 1), null);
    DataSetIterator validation = new ListDataSetIterator<>(List.of(masked), 4);
    assertThatThrownBy(() -> pretrainer.pretrain(network, batches(data(20), 5), validation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the validation set has a features mask, which pretraining of a MultiLayerNetwork"
                + " cannot heed");
    assertThat(directory).isEmptyDirectory();
  }

  /** Time steps become rows: the lowest layer can be trained on them, one above it can not. */
  @Test
  void layersThatMakeSeveralRowsOfAnExampleEndTheStack() {
    INDArray series = data(20).reshape(20, 3, 4).castTo(DataType.FLOAT);
    PretrainableNetwork network =
        Stacks.initialised(
            Stacks.list(denoising(3, 6), denoising(6, 4), output(4))
                .inputPreProcessor(0, new RnnToFeedForwardPreProcessor()));
    builder().plan(0, PLAN).build().pretrain(network, batches(series, 5));
    GreedyPretrainer pretrainer = builder().plan(1, PLAN).build();
    assertThatThrownBy(() -> pretrainer.pretrain(network, batches(series, 5)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "layer 0 makes 20 rows of 5 examples; pretraining above it needs a row an example");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void numbersThatAreNotFiniteAreNamedBeforeAnythingIsTrained(double value) {
    for (LossFunction loss : new LossFunction[] {LossFunction.L2, LossFunction.XENT}) {
      PretrainableNetwork network =
          StackedDenoisingAutoEncoder.builder(WIDTH, 8, 6)
              .visible(Activation.SIGMOID, loss)
              .build()
              .network();
      INDArray before = network.params().dup();
      GreedyPretrainer pretrainer = builder().plan(PLAN).build();
      INDArray bad = data(20);
      bad.putScalar(17, 2, value);
      assertThatThrownBy(() -> pretrainer.pretrain(network, batches(bad, 5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the training set must be finite numbers, got %s in row 17, column 2", value);
      assertThatThrownBy(() -> pretrainer.pretrain(network, batches(data(20), 5), batches(bad, 5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the validation set must be finite numbers, got %s in row 17, column 2", value);
      assertThat(network.params()).isEqualTo(before);
    }
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> builder().build())
        .hasMessage("GreedyPretrainer plan must be given, for one layer at least");
    GreedyPretrainer stopping =
        builder().plan(PLAN.withEarlyStopping(new EarlyStopping(1))).build();
    assertThatThrownBy(() -> stopping.pretrain(Stacks.of(WIDTH, 10), batches(data(20), 5)))
        .hasMessage("GreedyPretrainer validation must be given, for a plan has early stopping");
    assertThatThrownBy(() -> builder().memoryBudget(-1))
        .hasMessage("GreedyPretrainer memoryBudget must be >= 0, got -1");
    assertThatThrownBy(() -> builder().plan(null))
        .hasMessage("GreedyPretrainer plan must not be null");
    assertThatThrownBy(() -> builder().workingDirectory(null))
        .hasMessage("GreedyPretrainer workingDirectory must not be null");
  }

  private GreedyPretrainer.Builder builder() {
    return new GreedyPretrainer.Builder().workingDirectory(directory).memoryBudget(0);
  }
}
