package io.github.dae4j.stacked.finetuning;

import static io.github.dae4j.stacked.finetuning.TwoPrototypes.exact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class CrossValidationTest {

  private static final int ROWS = 24;
  private static final int MOST = 60;

  private static FineTuner tuner(int epochs) {
    return new FineTuner.Builder()
        .epochs(epochs)
        .updater(new Sgd(0.5))
        .validationScore(ValidationScore.LOSS)
        .build();
  }

  /** Labels that the rows do not tell: the longer the training, the worse for other rows. */
  private static DataSet noise() {
    INDArray labels = Nd4j.zeros(ROWS, TwoPrototypes.CLASSES);
    for (int row = 0; row < ROWS; row++) {
      labels.putScalar(row, row * 7 % 12 / 6, 1);
    }
    Nd4j.getRandom().setSeed(3);
    return new DataSet(Nd4j.rand(ROWS, TwoPrototypes.WIDTH).muli(4), labels);
  }

  @Test
  void noiseEndsEarlyAndWhatCanBeLearntGoesOn() {
    PretrainableNetwork network = TwoPrototypes.stack(10);
    FineTuningResult ofNoise = tuner(MOST).fitCrossValidated(network, noise(), 4, 6, 1);
    assertThat(ofNoise.epochs()).hasSizeLessThan(MOST / 2);
    FineTuningResult learnt =
        tuner(MOST).fitCrossValidated(TwoPrototypes.stack(10), TwoPrototypes.data(ROWS), 4, 6, 1);
    assertThat(learnt.epochs()).hasSizeGreaterThan(MOST / 2);
    assertThat(learnt.best().epoch()).isEqualTo(learnt.epochs().size() - 1);
  }

  @Test
  void theNetworkIsThatOfAllRowsAndSoManyEpochs() {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.of(TwoPrototypes.stack(10));
    DataSet rows = TwoPrototypes.data(ROWS);
    INDArray before = rows.getFeatures().dup();
    FineTuningResult result = stack.fineTuneCrossValidated(tuner(9), rows, 3, 5);
    PretrainableNetwork other = TwoPrototypes.stack(10);
    tuner(result.epochs().size()).fit(other, new ShuffledIterator(rows, 20, 5));
    assertThat(exact(stack.network().params())).isEqualTo(exact(other.params()));
    assertThat(exact(rows.getFeatures())).isEqualTo(exact(before));
  }

  private static Map<String, DataSet> refused() {
    DataSet rows = TwoPrototypes.data(ROWS);
    INDArray x = rows.getFeatures();
    INDArray labels = rows.getLabels();
    String masks =
        "FineTuner rows must have no masks in a cross-validation, which takes all of them for known";
    return Map.of(
        masks,
        new DataSet(x, labels, null, Nd4j.zeros(ROWS, 1)),
        masks + " ",
        new DataSet(x, labels, Nd4j.ones(x.shape()), null),
        "FineTuner rows must have labels [n, width], got null",
        new DataSet(x, null),
        "FineTuner rows must have labels [n, width], got [24, 1, 2]",
        new DataSet(x, labels.reshape(ROWS, 1, 2)),
        "FineTuner rows must have labels each, got 3 rows of labels for 24 of features",
        new DataSet(x, labels.getRows(0, 1, 2)));
  }

  @Test
  void rowsWithoutALabelAreRefused() {
    PretrainableNetwork network = TwoPrototypes.stack(10);
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.of(network);
    refused()
        .forEach(
            (message, rows) -> {
              assertThatThrownBy(() -> tuner(1).fitCrossValidated(network, rows, 3, 6, 1))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessage(message.strip());
              assertThatThrownBy(() -> stack.fineTuneCrossValidated(tuner(1), rows, 3, 1))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessage(message.strip());
            });
  }

  @Test
  void rowsThatAreNotThereAreRefused() {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.of(TwoPrototypes.stack(10));
    assertThatThrownBy(() -> tuner(1).fitCrossValidated(stack.network(), null, 3, 6, 1))
        .hasMessage("FineTuner rows must not be null");
    assertThatThrownBy(() -> stack.fineTuneCrossValidated(tuner(1), null, 3, 1))
        .hasMessage("StackedDenoisingAutoEncoder rows must not be null");
    assertThatThrownBy(() -> stack.fineTuneCrossValidated(tuner(1), new DataSet(), 3, 1))
        .hasMessage("StackedDenoisingAutoEncoder input must be [minibatch, 12], got null");
  }

  @Test
  void foldsHaveOneRowAtLeast() {
    for (int folds : new int[] {1, ROWS + 1}) {
      assertThatThrownBy(
              () ->
                  tuner(1)
                      .fitCrossValidated(
                          TwoPrototypes.stack(10), TwoPrototypes.data(ROWS), folds, 6, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "FineTuner folds must be in [2, 24], the number of rows, got %d".formatted(folds));
    }
  }
}
