package io.github.dae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.cli.config.FineTuningConfiguration.FreezeConfiguration;
import io.github.dae4j.cli.config.UpdaterConfiguration.RateConfiguration;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.UnrolledStack;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.FineTuningResult.StopReason;
import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import io.github.dae4j.stacked.finetuning.ReconstructionIterator;
import io.github.dae4j.stacked.pretraining.EarlyStopping;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** What records make: stacks, plans and tuners, which then train. */
class TrainingFromConfigurationTest {

  private static final int INPUTS = 12;
  private static final int CLASSES = 3;
  private static final int EXAMPLES = 30;

  private static DataSetIterator minibatches(int size) {
    INDArray x = Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(11), EXAMPLES, INPUTS);
    INDArray labels = Nd4j.zeros(EXAMPLES, CLASSES);
    for (int row = 0; row < EXAMPLES; row++) {
      labels.putScalar(row, row % CLASSES, 1);
    }
    return new ViewIterator(new DataSet(x, labels), size);
  }

  private static DenoisingAutoEncoder layer(StackedDenoisingAutoEncoder stack, int layer) {
    return (DenoisingAutoEncoder) stack.network().getLayer(layer).conf().getLayer();
  }

  @Test
  void aStackIsAsItsConfigurationSays() {
    StackedDenoisingAutoEncoder stack = Documents.read(Documents.LONG).newStack(INPUTS, CLASSES);
    assertThat(stack.network().getnLayers()).isEqualTo(7);
    assertThat(stack.network().layerSize(1)).isEqualTo(8);
    assertThat(layer(stack, 0).getCorruption()).isEqualTo(new MaskingCorruption(0.3, 0.5));
    assertThat(layer(stack, 0).isTiedWeights()).isFalse();
    assertThat(stack.network().conf().getSeed()).isEqualTo(-7);
    assertThat(stack.network().getLayer(6).conf().getLayer()).isInstanceOf(OutputLayer.class);
    assertThat(stack.network().getParam("6_W").amaxNumber().doubleValue()).isZero();
    double bound = 4 * Math.sqrt(6.0 / (INPUTS + 9));
    assertThat(stack.network().getParam("0_W").amaxNumber().doubleValue())
        .isBetween(bound / 2, bound);
  }

  @Test
  void withoutClassesThereIsNoOutputLayer() {
    String unrolled = "fine-tuning={objective: reconstruction, epochs: 1}";
    assertThat(Documents.read(Documents.SHORT, unrolled).newStack(4, 3).network().getnLayers())
        .isEqualTo(1);
    assertThat(Documents.read(Documents.SHORT).newStack(4, 3).network().getnLayers()).isEqualTo(1);
    assertThat(Documents.read(Documents.SHORT, "fine-tuning.epochs=1").newStack(4, 3).network())
        .satisfies(network -> assertThat(network.getnLayers()).isEqualTo(2));
  }

  @Test
  void aPlanIsTheLayersOwnOverThatOfAll() {
    PretrainingConfiguration pretraining = Documents.read(Documents.LONG).pretraining();
    EarlyStopping general = new EarlyStopping(2, 0.01);
    IUpdater nesterov = new Nesterovs(0.2, 0.8);
    assertThat(pretraining.plan(0)).isEqualTo(plan(2, 5, nesterov, general));
    assertThat(pretraining.plan(1)).isEqualTo(plan(3, 4, nesterov, general));
    assertThat(pretraining.plan(2)).isEqualTo(plan(3, 5, new Adam(0.001), general));
    assertThat(pretraining.plan(3)).isEqualTo(plan(3, 5, nesterov, new EarlyStopping(1)));
    assertThat(pretraining.plan(4)).isEqualTo(plan(3, 5, nesterov, general));
    IUpdater falling = pretraining.plan(5).updater();
    assertThat(falling.getLearningRate(0, 1)).isEqualTo(0.055, within(1e-12));
    assertThat(((Adam) falling).getBeta1()).isEqualTo(0.8);
    assertThat(pretraining.stopsEarly()).isTrue();
  }

  private static LayerPlan plan(int epochs, int batch, IUpdater updater, EarlyStopping stopping) {
    return LayerPlan.ofEpochs(epochs)
        .withMinibatch(batch)
        .withUpdater(updater)
        .withEarlyStopping(stopping);
  }

  @Test
  void theDefaultUpdaterIsThatOfTheTutorials() {
    ExperimentConfiguration read = Documents.read(Documents.SHORT, "pretraining.epochs=1");
    assertThat(read.pretraining().plan(0)).isEqualTo(plan(1, 20, new Sgd(0.1), null));
    assertThat(read.pretraining().stopsEarly()).isFalse();
  }

  @Test
  void aRateFallsFromTheFirstEpochToTheLast() {
    RateConfiguration rate = new RateConfiguration(0.1, 0.001, RateConfiguration.Decay.EXPONENTIAL);
    IUpdater three = rate.given(new Sgd(), 3);
    assertThat(three.getLearningRate(0, 0)).isEqualTo(0.1, within(1e-12));
    assertThat(three.getLearningRate(99, 1)).isEqualTo(0.01, within(1e-12));
    assertThat(three.getLearningRate(0, 2)).isEqualTo(0.001, within(1e-12));
    assertThat(three.getLearningRate(0, 7)).isEqualTo(0.001, within(1e-12));
    assertThat(rate.given(new Sgd(), 1).getLearningRate(0, 0)).isEqualTo(0.1);
  }

  /** The size of the step, by the way of a rate that falls to next to nothing, tells. */
  @Test
  void bothKindsOfTrainingFollowARate() {
    String updater = "updater: {sgd: {rate: {from: 0.5, to: 0.0000001}}}, batch: 30, epochs: 2";
    ExperimentConfiguration read =
        Documents.read(
            Documents.SHORT, "pretraining={" + updater + "}", "fine-tuning={" + updater + "}");
    StackedDenoisingAutoEncoder stack = read.newStack(INPUTS, CLASSES);
    Steps steps = new Steps(stack.network().params());
    stack.network().setListeners(steps);
    stack.pretrain(read.pretrainer().orElseThrow().build(), minibatches(30));
    stack.fineTune(read.fineTuner(30).orElseThrow().build(), minibatches(30), minibatches(30));
    assertThat(steps.lengths).hasSize(4);
    assertThat(steps.lengths.get(0)).isGreaterThan(1e-3);
    assertThat(steps.lengths.get(1)).isLessThan(1e-5);
    assertThat(steps.lengths.get(2)).isGreaterThan(1e-3);
    assertThat(steps.lengths.get(3)).isLessThan(1e-5);
  }

  @Test
  void aModelKeepsTheRatesOfItsUpdater(@TempDir Path folder) throws IOException {
    String updater = "fine-tuning={updater: {sgd: {rate: {from: 0.5, to: 0.125}}}, epochs: 3}";
    ExperimentConfiguration read = Documents.read(Documents.SHORT, updater);
    StackedDenoisingAutoEncoder stack = read.newStack(INPUTS, CLASSES);
    stack.fineTune(
        read.fineTuner(EXAMPLES).orElseThrow().build(), minibatches(30), minibatches(30));
    stack.save(folder.resolve("model.zip"), true);
    IUpdater loaded =
        layer(StackedDenoisingAutoEncoder.load(folder.resolve("model.zip")), 0).getIUpdater();
    assertThat(loaded).isEqualTo(read.fineTuning().updater().create(3));
    assertThat(loaded.getLearningRate(0, 1)).isEqualTo(0.25, within(1e-12));
  }

  /** How far each step went, from the parameters of the network. */
  private static final class Steps extends BaseTrainingListener {

    private final INDArray params;
    private final List<Double> lengths = new ArrayList<>();
    private INDArray before;

    Steps(INDArray params) {
      this.params = params;
      before = params.dup();
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      lengths.add(params.sub(before).norm2Number().doubleValue());
      before = params.dup();
    }
  }

  @Test
  void aLongConfigurationTrains() {
    ExperimentConfiguration read = Documents.read(Documents.LONG);
    StackedDenoisingAutoEncoder stack = read.newStack(INPUTS, CLASSES);
    List<LayerResult> layers =
        stack.pretrain(read.pretrainer().orElseThrow().build(), minibatches(10), minibatches(10));
    assertThat(layers).hasSize(6);
    assertThat(layers.get(0).epochs()).isLessThanOrEqualTo(2);
    FineTuningResult tuned =
        stack.fineTune(
            read.fineTuner(EXAMPLES).orElseThrow().build(), minibatches(10), minibatches(10));
    assertThat(tuned.epochs()).hasSizeBetween(2, 6);
  }

  @Test
  void patienceIsCountedInEpochs() {
    ExperimentConfiguration read =
        Documents.read(
            Documents.SHORT,
            "fine-tuning={epochs: 50, batch: 7, updater: {sgd: 1e-9}, patience: {epochs: 3}}");
    StackedDenoisingAutoEncoder stack = read.newStack(INPUTS, CLASSES);
    FineTuningResult tuned =
        stack.fineTune(
            read.fineTuner(EXAMPLES).orElseThrow().build(), minibatches(7), minibatches(7));
    assertThat(tuned.stopReason()).isEqualTo(StopReason.PATIENCE);
    assertThat(tuned.iterations()).isBetween(15L, 16L);
  }

  @Test
  void anUnrolledStackIsTuned() {
    ExperimentConfiguration read =
        Documents.read(
            Documents.SHORT,
            "fine-tuning={objective: reconstruction, epochs: 2, dropout: {input: 0.1}, freeze: [{below: 1}]}");
    assertThat(read.isUnrolled()).isTrue();
    UnrolledStack unrolled = UnrolledStack.of(read.newStack(INPUTS, CLASSES).network());
    INDArray encoder = unrolled.network().getParam("0_W").dup();
    FineTuningResult tuned =
        read.fineTuner(EXAMPLES)
            .orElseThrow()
            .build()
            .fit(
                unrolled.network(),
                ReconstructionIterator.clean(minibatches(10)),
                ReconstructionIterator.clean(minibatches(10)));
    assertThat(tuned.best().score()).isPositive();
    assertThat(unrolled.network().getParam("0_W").sub(encoder).amaxNumber().doubleValue()).isZero();
  }

  @Test
  void freezingStagesFollowEachOther() {
    List<FreezeConfiguration> stages = Documents.read(Documents.LONG).fineTuning().freeze();
    assertThat(FreezeConfiguration.schedule(stages))
        .isEqualTo(FreezingSchedule.freezingBelow(3).then(1, 1).then(3, 0));
    assertThat(FreezeConfiguration.schedule(List.of(new FreezeConfiguration(2, null))))
        .isEqualTo(FreezingSchedule.freezingBelow(2));
  }
}
