package io.github.dae4j.stacked.finetuning;

import static io.github.dae4j.stacked.finetuning.TwoPrototypes.data;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.exact;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.minibatches;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.ScheduledCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.UnrolledStack;
import io.github.dae4j.stacked.finetuning.FineTuningResult.StopReason;
import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.EveryState;
import io.github.dae4j.stacked.internal.FineTuningState;
import io.github.dae4j.stacked.pretraining.DivergedException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.util.NetworkUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class FineTunerTest {

  private static final int ROWS = 20;

  @Test
  void theErrorFallsToZeroAndEvaluationAgrees() {
    MultiLayerNetwork network = stack(10, 8);
    FineTuningResult result = fit(tuner(30, new Adam(0.05)).build(), network);

    assertThat(result.stopReason()).isEqualTo(StopReason.EPOCHS);
    assertThat(result.epochs()).hasSize(30);
    assertThat(result.iterations()).isEqualTo(30 * 4);
    assertThat(result.best().score()).isZero();
    assertThat(result.epochs().get(29).trainingLoss())
        .isLessThan(result.epochs().get(0).trainingLoss());
    assertThat(result.seconds()).isPositive();
    Evaluation evaluation = network.evaluate(train());
    assertThat(evaluation.f1()).isEqualTo(1);
    assertThat(evaluation.getConfusion().getCount(1, 1)).isEqualTo(ROWS / 2);
  }

  @Test
  void theStepIsThatOfTheNewUpdaterWhateverTheNetworkHad() {
    DataSet batch = data(ROWS);
    MultiLayerNetwork network = stack(10, 8);
    network.setLearningRate(0, 0.25);
    fit(tuner(1, new Adam(0.1)).build(), network); // leaves state that must not count

    INDArray before = network.params().dup();
    network.setInput(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.computeGradientAndScore();
    INDArray step = network.getGradientsViewArray().dup().muli(0.01 / ROWS);
    new FineTuner.Builder()
        .epochs(1)
        .updater(new Sgd(0.01))
        .validationScore(ValidationScore.LOSS)
        .build()
        .fit(network, minibatches(batch, ROWS), train());

    assertThat(exact(before.sub(step.reshape(step.length()))))
        .containsExactly(exact(network.params()), within(1e-7));
    for (int i = 0; i < network.getnLayers(); i++) {
      BaseLayer layer = (BaseLayer) network.getLayer(i).conf().getLayer();
      assertThat(layer.getIUpdater()).isEqualTo(new Sgd(0.01));
      assertThat(layer.getBiasUpdater()).isNull();
    }
  }

  @Test
  void withoutAnUpdaterEachLayerKeepsItsOwn() {
    MultiLayerNetwork network = stack(8);
    network.setLearningRate(0, 0.25);
    fit(new FineTuner.Builder().epochs(1).build(), network);
    assertThat(NetworkUtils.getLearningRate(network, 0)).isEqualTo(0.25);
    assertThat(NetworkUtils.getLearningRate(network, 1)).isEqualTo(0.5);
  }

  /** No step, no improvement after the first validation: 4 &lt;= i ends after i = 4. */
  @Test
  void patienceEndsItWithinAnEpoch() {
    List<String> events = new ArrayList<>();
    MultiLayerNetwork network = stack(8);
    network.setListeners(recording(events));
    FineTuner tuner = tuner(100, new Sgd(0)).patience(new Patience(4, 2, 0.005, 2)).build();
    FineTuningResult result = tuner.fit(network, minibatches(data(15), 5), train());
    assertThat(result.stopReason()).isEqualTo(StopReason.PATIENCE);
    assertThat(result.iterations()).isEqualTo(5);
    assertThat(result.epochs()).hasSize(2);
    assertThat(result.best().epoch()).isZero();
    assertThat(result.best().iteration()).isEqualTo(1);
    assertThat(events)
        .containsExactly("start", "0/0", "1/0", "2/0", "end", "start", "3/1", "4/1", "end");
  }

  private static BaseTrainingListener recording(List<String> events) {
    return new BaseTrainingListener() {
      @Override
      public void onEpochStart(Model model) {
        events.add("start");
      }

      @Override
      public void iterationDone(Model model, int iteration, int epoch) {
        events.add(iteration + "/" + epoch);
      }

      @Override
      public void onEpochEnd(Model model) {
        events.add("end");
      }
    };
  }

  @Test
  void theBestParametersAreRestoredAfterABlowUp() {
    MultiLayerNetwork network = stack(10, 8);
    MapSchedule blowUp =
        new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 0.1).add(3, 300.0).build();
    FineTuner tuner = tuner(6, new Sgd(blowUp)).validationScore(ValidationScore.LOSS).build();
    FineTuningResult result = fit(tuner, network);
    assertThat(result.best().epoch()).isEqualTo(2);
    assertThat(result.epochs().get(5).validationScore()).isGreaterThan(result.best().score());
    assertThat(ValidationScore.LOSS.of(network, train())).isEqualTo(result.best().score());
  }

  @Test
  void aValidationThatNeverCameIsMadeAtTheEnd() {
    FineTuner tuner = tuner(1, new Sgd(0.1)).patience(new Patience(100, 2, 0.1, 50)).build();
    FineTuningResult result = fit(tuner, stack(8));
    assertThat(result.epochs().get(0).validationScore()).isNaN();
    assertThat(result.best().iteration()).isEqualTo(3);
  }

  /** A number that means nothing is named, in place of the learning rate, and changes nothing. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void numbersThatAreNotFiniteAreNamed(float number) {
    MultiLayerNetwork network = stack(8);
    INDArray before = network.params().dup();
    DataSet rows = new DataSet(Nd4j.rand(6, network.layerInputSize(0)), Nd4j.zeros(6, 2));
    rows.getLabels().putColumn(0, Nd4j.ones(6));
    DataSet broken = rows.copy();
    broken.getFeatures().putScalar(4, 1, number);
    String message =
        " set must be finite numbers, got %s in row 4, column 1"
            .formatted(number > 0 ? "Infinity" : "NaN");
    FineTuner tuner = tuner(1, new Sgd(0.25)).build();
    assertThatThrownBy(() -> tuner.fit(network, new ViewIterator(broken, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the training" + message);
    assertThatThrownBy(
            () -> tuner.fit(network, new ViewIterator(rows, 2), new ViewIterator(broken, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the validation" + message);
    assertThat(network.params()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void labelsThatAreNotFiniteAreNamed(float number) {
    MultiLayerNetwork network = stack(8);
    INDArray before = network.params().dup();
    DataSet rows = new DataSet(Nd4j.rand(6, network.layerInputSize(0)), Nd4j.zeros(6, 2));
    rows.getLabels().putColumn(0, Nd4j.ones(6));
    DataSet broken = rows.copy();
    broken.getLabels().putScalar(4, 1, number);
    String message =
        " set must be finite numbers, got %s in row 4, column 1"
            .formatted(number < 0 ? "-Infinity" : "NaN");
    FineTuner tuner = tuner(1, new Sgd(0.25)).build();
    assertThatThrownBy(() -> tuner.fit(network, new ViewIterator(broken, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the labels of the training" + message);
    assertThatThrownBy(
            () -> tuner.fit(network, new ViewIterator(rows, 2), new ViewIterator(broken, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the labels of the validation" + message);
    assertThat(network.params()).isEqualTo(before);
    broken.setLabelsMaskArray(Nd4j.ones(6, 1).putScalar(4, 0, 0));
    DataSetIterator masked = new ExistingDataSetIterator(List.of(broken));
    assertThatThrownBy(() -> tuner.fit(network, masked))
        .hasMessage("the labels of the training" + message); // 0 x NaN is NaN
    FineTuningResult result = tuner.fit(network, new ViewIterator(rows, 2), masked);
    assertThat(result.best().score()).isFinite();
  }

  @Test
  void aLossThatIsNotFiniteStopsItAndSaysWhere() {
    MultiLayerNetwork network = stack(8);
    MapSchedule blowUp =
        new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 0.1).add(1, Double.NaN).build();
    assertThatThrownBy(() -> fit(tuner(6, new Sgd(blowUp)).build(), network))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "fine-tuning stopped: training loss is NaN at epoch 1, iteration 5, learning rate NaN");
    assertThat(network.params().sumNumber().doubleValue()).isFinite();
    MultiLayerNetwork large = stack(8);
    large.getLayer(1).params().assign(Double.NaN);
    assertThatThrownBy(() -> fit(tuner(1, new Sgd(0.25)).build(), large))
        .hasMessageEndingWith("training loss is NaN at epoch 0, iteration 0, learning rate 0.25");
  }

  @Test
  void theSameSeedGivesTheSameResult() {
    MultiLayerNetwork first = stack(10, 8);
    MultiLayerNetwork second = stack(10, 8);
    fit(tuner(3, new Adam(0.01)).build(), first);
    fit(tuner(3, new Adam(0.01)).build(), second);
    assertThat(exact(second.params())).containsExactly(exact(first.params()));
  }

  @Test
  void resumingIsBitIdentical() {
    FineTuner.Builder builder =
        tuner(6, new Adam(0.01))
            .validationScore(ValidationScore.LOSS)
            .patience(Patience.ofTutorial(4))
            .freezing(FreezingSchedule.freezingBelow(2).then(2, 1).then(4, 0));
    EveryState<FineTuningState<FineTuningResult>> every = new EveryState<>();
    MultiLayerNetwork whole = stack(10, 8);
    FineTuningResult expected = builder.build().fit(whole, train(), train(), every);
    assertThat(every.states()).hasSize(6 * 4);

    for (FineTuningState<FineTuningResult> state : every.states()) {
      MultiLayerNetwork network = stack(10, 8);
      FineTuningResult result =
          builder.build().resume(state, network, train(), train(), Checkpoints.none());
      assertThat(exact(network.params())).containsExactly(exact(whole.params()));
      assertThat(result.best()).isEqualTo(expected.best());
      assertThat(result.epochs())
          .extracting(FineTuningResult.Epoch::trainingLoss)
          .isEqualTo(expected.epochs().stream().map(FineTuningResult.Epoch::trainingLoss).toList());
    }
  }

  /** What an iterator draws for minibatches that are done must not be drawn again. */
  @Test
  void resumingDrawsTheSameCorruptionAndDropout() {
    FineTuner tuner =
        tuner(3, new Adam(0.01)).validationScore(ValidationScore.LOSS).dropout(0, 0.2).build();
    EveryState<FineTuningState<FineTuningResult>> every = new EveryState<>();
    MultiLayerNetwork whole = UnrolledStack.of(stack(8)).network();
    DataSetIterator held = ReconstructionIterator.clean(train());
    tuner.fit(whole, corrupted(), held, every);
    for (FineTuningState<FineTuningResult> state : every.states()) {
      MultiLayerNetwork network = UnrolledStack.of(stack(8)).network();
      tuner.resume(state, network, corrupted(), held, Checkpoints.none());
      assertThat(exact(network.params())).containsExactly(exact(whole.params()));
    }
  }

  private static DataSetIterator corrupted() {
    ScheduledCorruption fading =
        new ScheduledCorruption(
            new MaskingCorruption(0.5), new ExponentialSchedule(ScheduleType.ITERATION, 0.5, 0.9));
    return ReconstructionIterator.denoising(train(), fading);
  }

  @Test
  void aJointLossLowersTheReconstructionErrorOfTheBottomLayerToo() {
    MultiLayerNetwork supervised = stack(10, 8);
    MultiLayerNetwork joint = stack(10, 8);
    FineTuner.Builder builder = tuner(20, new Adam(0.05)).validationScore(ValidationScore.LOSS);
    fit(builder.build(), supervised);
    fit(builder.denoisingWeight(0.1).build(), joint);
    assertThat(joint.evaluate(train()).accuracy()).isEqualTo(1);
    assertThat(reconstructionError(joint)).isLessThan(0.8 * reconstructionError(supervised));
    DenoisingAutoEncoder bottom = (DenoisingAutoEncoder) joint.getLayer(0).conf().getLayer();
    assertThat(bottom.getDenoisingWeight()).as("afterwards").isZero();
  }

  private static double reconstructionError(MultiLayerNetwork network) {
    return ((DenoisingAutoEncoderLayer) network.getLayer(0))
        .reconstructionError(TwoPrototypes.features(ROWS))
        .meanNumber()
        .doubleValue();
  }

  @Test
  void aJointLossNeedsADenoisingLayerAtTheBottom() {
    MultiLayerNetwork plain = UnrolledStack.of(stack(8)).network();
    assertThatThrownBy(() -> fit(tuner(1, new Sgd(1)).denoisingWeight(1).build(), plain))
        .hasMessage(
            "FineTuner denoisingWeight needs a DenoisingAutoEncoder as layer 0, got a DenseLayer");
    assertThatThrownBy(() -> new FineTuner.Builder().denoisingWeight(Double.NaN))
        .hasMessage("FineTuner denoisingWeight must be in [0, infinity), got NaN");
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> new FineTuner.Builder().build())
        .hasMessage("FineTuner epochs must be > 0, got 0");
    assertThatThrownBy(() -> new FineTuner.Builder().updater(null))
        .hasMessage("FineTuner updater must not be null");
    FineTuner frozen = tuner(1, new Sgd(1)).freezing(FreezingSchedule.freezingBelow(3)).build();
    assertThatThrownBy(() -> fit(frozen, stack(10, 8)))
        .hasMessage("FineTuner freezing leaves no layer to train: 3 are frozen of 3");
    FineTuner nothing = tuner(1, new Sgd(1e-50)).build();
    assertThatThrownBy(() -> fit(nothing, stack(10, 8)))
        .hasMessage(
            "FineTuner learning rate of Sgd must be a number that FLOAT can hold, got 1.0E-50,"
                + " which is 0.0 there");
    DataSetIterator used = train();
    while (used.hasNext()) {
      used.next();
    }
    fit(tuner(1, new Sgd(1)).build(), stack(8), used); // is reset
  }

  private static FineTuner.Builder tuner(int epochs, IUpdater updater) {
    return new FineTuner.Builder().epochs(epochs).updater(updater);
  }

  private static FineTuningResult fit(FineTuner tuner, MultiLayerNetwork network) {
    return fit(tuner, network, train());
  }

  private static FineTuningResult fit(
      FineTuner tuner, MultiLayerNetwork network, DataSetIterator train) {
    return tuner.fit(network, train, train());
  }

  private static DataSetIterator train() {
    return minibatches(data(ROWS), 5);
  }
}
