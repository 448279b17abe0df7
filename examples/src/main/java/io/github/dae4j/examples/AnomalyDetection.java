package io.github.dae4j.examples;

import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.datasets.PlantedTable;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.Anomaly;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.AnomalyEvaluation;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Wrong readings of a pump: rows that do not hang together have a high reconstruction error, and
 * the detector names the columns that explain the score.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=AnomalyDetection}. For a CSV file of your own, see
 * {@link TableOfPeople}.
 */
public final class AnomalyDetection {

  private AnomalyDetection() {}

  /**
   * What came out.
   *
   * @param rocAuc of the scores of rows that were not trained on
   * @param foundRight the share of flagged planted rows whose wrong column is named first
   */
  public record Result(double rocAuc, double foundRight) {}

  public static void main(String[] args) throws IOException {
    Result result = run(10_000, Path.of("output/example-anomalies"));
    System.out.printf(
        "ROC-AUC %.3f; the wrong column is named first in %.0f %% of the flagged planted rows%n",
        result.rocAuc(), 100 * result.foundRight());
  }

  static Result run(int rows, Path folder) throws IOException {
    Files.createDirectories(folder);
    INDArray readings = PlantedTable.make(rows, 1).values();
    PlantedTable others = PlantedTable.make(rows, 2); // not trained on; 1 % are wrong
    INDArray today = others.values();
    List<String> columns = others.columns();
    // region stack
    NormalizerStandardize units = new NormalizerStandardize();
    units.fit(new DataSet(readings, readings));
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(10, 24)
            .normalization(units)
            .visible(Activation.IDENTITY, LossFunction.L2) // numbers, not probabilities
            .activation(Activation.TANH)
            .tiedWeights(false)
            .corruption(new SwapCorruption(0.15))
            .updater(new Adam(0.005))
            .build();
    stack.pretrain(readings, 20);
    // endregion

    // region detect
    AnomalyDetector detector =
        AnomalyDetector.fit(stack, readings, DetectorPlan.ofContamination(0.01));
    double[] scores = detector.score(today);
    List<Anomaly> flagged = detector.topFeatures(today, 3);
    for (Anomaly anomaly : flagged.subList(0, Math.min(3, flagged.size()))) {
      int worst = anomaly.features().get(0).index();
      System.out.printf("row %d, column %s%n", anomaly.row(), columns.get(worst));
    }
    detector.save(folder.resolve("detector.zip")); // the model is in the file too
    // endregion

    return new Result(
        AnomalyEvaluation.of(scores, others.isPlanted()).rocAuc(), foundRight(others, flagged));
  }

  /** Among the planted rows that are flagged. */
  private static double foundRight(PlantedTable test, List<Anomaly> reasons) {
    int planted = 0;
    int right = 0;
    for (Anomaly anomaly : reasons) {
      int column = test.planted()[anomaly.row()];
      if (column >= 0) {
        planted++;
        right += anomaly.features().get(0).index() == column ? 1 : 0;
      }
    }
    return (double) right / planted;
  }
}
