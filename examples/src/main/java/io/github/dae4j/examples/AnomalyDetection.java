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
import java.util.Locale;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Wrong readings of a pump: rows that do not hang together have a high reconstruction error, and
 * the detector names the column to blame.
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
   * @param blamedRight the share of planted rows whose wrong column is the first to be blamed
   */
  public record Result(double rocAuc, double blamedRight) {}

  public static void main(String[] args) throws IOException {
    Result result = run(10_000, Path.of("output/example-anomalies"));
    System.out.printf(
        "ROC-AUC %.3f; the wrong column is blamed first in %.0f %% of the planted rows%n",
        result.rocAuc(), 100 * result.blamedRight());
  }

  static Result run(int rows, Path folder) throws IOException {
    INDArray train = PlantedTable.make(rows, 1).values();
    PlantedTable test = PlantedTable.make(rows, 2); // other rows, of which 1 % are wrong

    // region detector
    NormalizerStandardize units = new NormalizerStandardize();
    units.fit(new DataSet(train, train));
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(train.columns(), 64)
            .normalization(units)
            .activation(Activation.RELU)
            .visible(Activation.IDENTITY, LossFunction.L2)
            .corruption(new SwapCorruption(0.2))
            .updater(new Adam(0.003))
            .seed(1)
            .build();
    stack.pretrain(train, 20);
    AnomalyDetector detector =
        AnomalyDetector.fit(stack, train, DetectorPlan.ofContamination(0.01));
    double[] scores = detector.score(test.values());
    boolean[] flagged = detector.label(test.values());
    List<Anomaly> reasons = detector.topFeatures(test.values(), 3);
    // endregion

    Files.createDirectories(folder);
    detector.save(folder.resolve("detector.zip"));
    for (int row = 0, shown = 0; shown < 3 && row < flagged.length; row++) {
      if (flagged[row]) {
        shown++;
        Anomaly anomaly = reasons.get(row);
        String column = test.columns().get(anomaly.features().get(0).index());
        System.out.printf(
            Locale.ROOT, "row %d: score %.1f, look at %s%n", row, anomaly.score(), column);
      }
    }
    return new Result(
        AnomalyEvaluation.of(scores, test.isPlanted()).rocAuc(), blamedRight(test, reasons));
  }

  private static double blamedRight(PlantedTable test, List<Anomaly> reasons) {
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
