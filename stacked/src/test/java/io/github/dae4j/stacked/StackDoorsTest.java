package io.github.dae4j.stacked;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.layer.Emphasis;
import io.github.dae4j.layer.Sparsity;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.FineTuningResult.StopReason;
import io.github.dae4j.stacked.finetuning.Patience;
import io.github.dae4j.stacked.finetuning.ValidationScore;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import io.github.dae4j.stacked.run.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Training and use through the stack alone, in the user's units. */
class StackDoorsTest {

  private static final int ROWS = 60;
  private static final int WIDTH = 6;

  private static StackedDenoisingAutoEncoder stack(OutputLayer output, DataNormalization units) {
    return StackedDenoisingAutoEncoder.builder(WIDTH, 4)
        .seed(3)
        .updater(new Adam(0.02))
        .output(output)
        .normalization(units)
        .build();
  }

  /** What is missing, by its name: of the class that was called and of the parameter. */
  private static Map<String, ThrowingCallable> missing() {
    StackedDenoisingAutoEncoder stack = stack(classes(), null);
    StackBuilder builder = StackedDenoisingAutoEncoder.builder(WIDTH, 4);
    FineTuner tuner = new FineTuner.Builder().epochs(1).build();
    GreedyPretrainer pretrainer =
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(1)).build();
    TrainingRun run =
        new TrainingRun.Builder()
            .directory(Path.of("none"))
            .pretraining(pretrainer, minibatches())
            .build();
    INDArray x = Nd4j.ones(9, WIDTH);
    DetectorPlan plan = DetectorPlan.ofQuantile(0.5);
    AnomalyDetector detector = AnomalyDetector.fit(stack, x, plan);
    String of = "StackedDenoisingAutoEncoder ";
    return Map.ofEntries(
        entry(of + "network", () -> StackedDenoisingAutoEncoder.of(null)),
        entry(of + "codes", () -> StackedDenoisingAutoEncoder.builder(3, (int[]) null)),
        entry(of + "corruption", () -> builder.corruption((Corruption) null)),
        entry(of + "corruption ", () -> builder.corruption((Corruption[]) null)),
        entry(of + "emphasis", () -> builder.emphasis((Emphasis) null)),
        entry(of + "sparsity", () -> builder.sparsity((Sparsity) null)),
        entry(of + "contraction", () -> builder.contraction((double[]) null)),
        entry(of + "activation", () -> builder.activation(null)),
        entry(of + "loss", () -> builder.visible(Activation.IDENTITY, (LossFunction) null)),
        entry(of + "input", () -> stack.encode(null)),
        entry(of + "input ", () -> stack.pretrain(null, 1)),
        entry(of + "pretrainer", () -> stack.pretrain(null, minibatches())),
        entry(of + "minibatches", () -> stack.pretrain(pretrainer, null)),
        entry(of + "tuner", () -> stack.fineTune(null, minibatches())),
        entry(of + "tuner ", () -> stack.fineTuneCrossValidated(null, new DataSet(x, x), 2, 1)),
        entry(of + "minibatches ", () -> stack.fineTune(tuner, null)),
        entry(of + "random", () -> stack.sample(x, null)),
        entry("the file to write", () -> stack.save(null, false)),
        entry("the file to write ", () -> stack.exportOnnx(null)),
        entry("the file of a model", () -> StackedDenoisingAutoEncoder.load(null)),
        entry("FineTuner network", () -> tuner.fit(null, minibatches())),
        entry("FineTuner train", () -> tuner.fit(stack.network(), null)),
        entry("GreedyPretrainer network", () -> pretrainer.pretrain(null, minibatches())),
        entry("TrainingRun stack", () -> run.start(null)),
        entry("TrainingRun stack ", () -> run.resume(null)),
        entry("AnomalyDetector plan", () -> AnomalyDetector.fit(stack, x, null)),
        entry("AnomalyDetector training rows", () -> AnomalyDetector.fit(stack, null, plan)),
        entry(
            "AnomalyDetector stack",
            () -> AnomalyDetector.fit((StackedDenoisingAutoEncoder) null, x, plan)),
        entry("AnomalyDetector input", () -> detector.score(null)),
        entry("AnomalyDetector file", () -> AnomalyDetector.load(null)));
  }

  private static DataSetIterator minibatches() {
    INDArray x = Nd4j.ones(4, WIDTH);
    return new ViewIterator(new DataSet(x, Nd4j.ones(4, 2)), 2);
  }

  @Test
  void whatIsMissingIsNamed() {
    missing()
        .forEach(
            (what, call) ->
                assertThatThrownBy(call)
                    .as(what)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage(what.strip() + " must not be null"));
  }

  @Test
  void rowsHaveALabelEach() {
    INDArray x = Nd4j.ones(6, WIDTH);
    DataSetIterator few = new ExistingDataSetIterator(List.of(new DataSet(x, Nd4j.ones(4, 2))));
    FineTuner tuner = new FineTuner.Builder().epochs(1).build();
    assertThatThrownBy(() -> stack(classes(), null).fineTune(tuner, few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "fine-tuning needs a label for each row, but the training set has a minibatch with 4"
                + " for 6");
  }

  private static OutputLayer classes() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(2)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static OutputLayer numbers() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nOut(2)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** Pixels from 0 to 255. */
  private static INDArray pixels() {
    INDArray x = Nd4j.create(ROWS, WIDTH);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < WIDTH; column++) {
        x.putScalar(row, column, (row * 37 + column * (row % 2 == 0 ? 50 : 11)) % 256);
      }
    }
    return x;
  }

  private static DataSetIterator labelled(INDArray x) {
    INDArray y = Nd4j.create(ROWS, 2);
    for (int row = 0; row < ROWS; row++) {
      y.putScalar(row, row % 2, 1);
    }
    return new ViewIterator(new DataSet(x, y), 20);
  }

  private static DataSetIterator unlabelled() {
    return new ListDataSetIterator<>(List.of(new DataSet(pixels(), null)), 20);
  }

  private static DataNormalization fitted() {
    NormalizerMinMaxScaler scaler = new NormalizerMinMaxScaler();
    scaler.fit(new DataSet(pixels(), pixels()));
    return scaler;
  }

  @Test
  void anArrayIsEnoughToPretrain() {
    StackedDenoisingAutoEncoder stack = stack(null, fitted());
    StackedDenoisingAutoEncoder other = stack(null, fitted());
    List<LayerResult> results = stack.pretrain(pixels(), 30);
    assertThat(results).hasSize(1);
    assertThat(results.get(0).epochs()).isEqualTo(30);
    assertThat(results.get(0).trainingLosses().get(29))
        .isLessThan(results.get(0).trainingLosses().get(0));
    other.pretrain(
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(30)).build(), labelled(pixels()));
    assertThat(other.network().params()).isEqualTo(stack.network().params());
  }

  /** DL4J's ViewIterator makes empty minibatches of a view of columns. */
  @Test
  void anArrayToPretrainOnMayBeAnyView() {
    StackedDenoisingAutoEncoder expected = stack(null, fitted());
    expected.pretrain(pixels(), 1);
    long rows = pixels().size(0);
    long width = pixels().size(1);
    INDArray all = Nd4j.zeros(pixels().dataType(), rows + 2, width + 2);
    INDArray inside =
        all.get(NDArrayIndex.interval(1, rows + 1), NDArrayIndex.interval(1, width + 1));
    INDArray columns =
        Nd4j.hstack(pixels(), pixels()).get(NDArrayIndex.all(), NDArrayIndex.interval(0, width));
    for (INDArray view :
        List.of(inside.assign(pixels()), columns, pixels().transpose().dup('c').transpose())) {
      StackedDenoisingAutoEncoder stack = stack(null, fitted());
      stack.pretrain(view, 1);
      assertThat(stack.network().params()).isEqualTo(expected.network().params());
    }
  }

  @Test
  void validationIsNormalizedAsTrainingDataAre() {
    StackedDenoisingAutoEncoder stack = stack(null, fitted());
    GreedyPretrainer pretrainer =
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(2)).build();
    List<LayerResult> results = stack.pretrain(pretrainer, labelled(pixels()), labelled(pixels()));
    double error = stack.reconstructionError(pixels()).meanNumber().doubleValue();
    assertThat(results.get(0).validationErrors()).hasSize(2);
    assertThat(results.get(0).validationErrors().get(1))
        .isCloseTo(error, org.assertj.core.data.Percentage.withPercentage(0.01));
  }

  @Test
  void withoutValidationAllEpochsAreTrainedAndTheLastIsKept() {
    StackedDenoisingAutoEncoder stack = stack(classes(), fitted());
    FineTuner tuner = new FineTuner.Builder().epochs(40).build();
    FineTuningResult result = stack.fineTune(tuner, labelled(pixels()));
    assertThat(result.epochs()).hasSize(40);
    assertThat(result.stopReason()).isEqualTo(StopReason.EPOCHS);
    assertThat(result.best().epoch()).isEqualTo(39);
    assertThat(result.best().score()).isNaN();
    assertThat(result.epochs().get(39).trainingLoss())
        .isLessThan(result.epochs().get(0).trainingLoss());
    StackedDenoisingAutoEncoder fitted = stack(classes(), fitted());
    for (int epoch = 0; epoch < 40; epoch++) {
      fitted.network().fit(fitted.normalized(labelled(pixels())));
    }
    assertThat(stack.predict(pixels())).isEqualTo(fitted.predict(pixels()));
    assertThat(stack.predict(pixels()).sum(1).sub(1).amaxNumber().doubleValue()).isLessThan(1e-5);
  }

  @Test
  void patienceWithoutValidationIsRefused() {
    FineTuner tuner =
        new FineTuner.Builder().epochs(4).patience(new Patience(100, 2, 0.01, 0)).build();
    StackedDenoisingAutoEncoder stack = stack(classes(), fitted());
    assertThatThrownBy(() -> stack.fineTune(tuner, labelled(pixels())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("FineTuner patience needs a validation set, got Patience");
  }

  @Test
  void predictNeedsAnOutputLayer() {
    StackedDenoisingAutoEncoder stack = stack(null, null);
    assertThatThrownBy(() -> stack.predict(Nd4j.zeros(1, WIDTH)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "predict needs an output layer above the top code, which StackBuilder.output gives");
  }

  @Test
  void aRegressionIsMeasuredByItsLoss() {
    StackedDenoisingAutoEncoder stack = stack(numbers(), fitted());
    FineTuningResult result =
        stack.fineTune(
            new FineTuner.Builder().epochs(10).build(), labelled(pixels()), labelled(pixels()));
    assertThat(result.best().score()).isPositive();
    assertThat(result.best().epoch()).isPositive();
    FineTuner errors =
        new FineTuner.Builder()
            .epochs(10)
            .validationScore(ValidationScore.CLASSIFICATION_ERROR)
            .build();
    assertThatThrownBy(() -> stack.fineTune(errors, labelled(pixels()), labelled(pixels())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "FineTuner validationScore must be LOSS for an output layer that does not classify, got"
                + " CLASSIFICATION_ERROR");
  }

  @Test
  void rowsWithoutLabelsAreNamed() {
    StackedDenoisingAutoEncoder stack = stack(classes(), fitted());
    INDArray before = stack.network().params().dup();
    FineTuner tuner = new FineTuner.Builder().epochs(1).build();
    assertThatThrownBy(() -> stack.fineTune(tuner, unlabelled(), labelled(pixels())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fine-tuning needs labels, but the training set has a minibatch without");
    assertThat(stack.network().params()).isEqualTo(before);
    assertThatThrownBy(() -> stack.fineTune(tuner, labelled(pixels()), unlabelled()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the validation set has a minibatch without");
  }

  @ParameterizedTest
  @EnumSource(names = {"UBYTE", "SHORT", "INT", "LONG", "HALF", "DOUBLE"})
  void weightsDoNotDependOnTheTypeOfTheData(DataType type) {
    StackedDenoisingAutoEncoder expected = stack(null, new ImagePreProcessingScaler());
    expected.pretrain(pixels(), 2);
    StackedDenoisingAutoEncoder stack = stack(null, new ImagePreProcessingScaler());
    stack.pretrain(pixels().castTo(type), 2);
    assertThat(stack.network().params().sub(expected.network().params()).amaxNumber().doubleValue())
        .isLessThan(1e-6);
  }

  @Test
  void normalizingTwiceIsRefused() {
    StackedDenoisingAutoEncoder stack = stack(null, fitted());
    DataSetIterator normalized = labelled(pixels());
    normalized.setPreProcessor(fitted());
    GreedyPretrainer pretrainer =
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(1)).build();
    assertThatThrownBy(() -> stack.pretrain(pretrainer, normalized))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the iterator has a NormalizerMinMaxScaler as its preprocessor, and the stack a"
                + " normalization: normalize in one of them");
  }

  @Test
  void aNetworkIsMadeOfItsParameters() {
    PretrainableNetwork network = stack(classes(), null).network();
    PretrainableNetwork same =
        new PretrainableNetwork(
            network.getLayerWiseConfigurations().clone(), network.params().dup());
    INDArray x = Nd4j.rand(3, WIDTH);
    assertThat(same.output(x)).isEqualTo(network.output(x));
    same.pretrain(labelled(pixels().div(255)));
    PretrainableNetwork wide = network.convertDataType(DataType.DOUBLE);
    assertThat(wide.params().dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(wide.params().castTo(DataType.FLOAT)).isEqualTo(network.params());
    wide.pretrain(labelled(pixels().div(255).castTo(DataType.DOUBLE)));
  }
}
