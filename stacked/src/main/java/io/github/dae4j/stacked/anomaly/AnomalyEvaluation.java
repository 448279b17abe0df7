package io.github.dae4j.stacked.anomaly;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.evaluation.curves.RocCurve;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How well scores tell anomalies from other rows, whatever the threshold.
 *
 * @param rocAuc the probability that an anomaly has a higher score than another row, ties counting
 *     one half: 0.5 is chance
 * @param averagePrecision the mean, over the anomalies, of the share of anomalies among the rows
 *     that score at least as high: {@code anomalies / rows} is chance
 */
public record AnomalyEvaluation(int rows, int anomalies, double rocAuc, double averagePrecision) {

  /**
   * Evaluates by DL4J's exact {@link ROC}.
   *
   * @param scores [n], none of them NaN
   * @param isAnomaly [n], some true and some false
   */
  public static AnomalyEvaluation of(double[] scores, boolean[] isAnomaly) {
    int anomalies = (int) IntStream.range(0, isAnomaly.length).filter(i -> isAnomaly[i]).count();
    if (scores.length != isAnomaly.length || anomalies == 0 || anomalies == scores.length) {
      throw new IllegalArgumentException(
          "AnomalyEvaluation needs anomalies and other rows, each with a score, got %d of %d rows and %d scores"
              .formatted(anomalies, isAnomaly.length, scores.length));
    }
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("AnomalyEvaluation scores must not be NaN");
    }
    RocCurve curve = distinct(curve(scores, isAnomaly));
    return new AnomalyEvaluation(
        scores.length,
        anomalies,
        curve.calculateAUC(),
        averagePrecision(curve, anomalies, scores.length - anomalies));
  }

  /** A point for each row, from the highest score to the lowest, and one before and after. */
  private static RocCurve curve(double[] scores, boolean[] isAnomaly) {
    double[] labels =
        IntStream.range(0, isAnomaly.length).mapToDouble(i -> isAnomaly[i] ? 1 : 0).toArray();
    ROC roc = new ROC(0, false);
    roc.eval(
        Nd4j.createFromArray(labels).reshape(labels.length, 1),
        Nd4j.createFromArray(scores).reshape(scores.length, 1));
    return roc.getRocCurve();
  }

  /**
   * Only the last point of equal scores: no threshold lies between them, but M2.1's ROC has a point
   * for each, and so an area that depends on their order.
   */
  private static RocCurve distinct(RocCurve curve) {
    double[] scores = curve.getThreshold();
    int last = scores.length - 1;
    int[] kept =
        IntStream.rangeClosed(0, last)
            .filter(i -> i == 0 || i >= last - 1 || scores[i] != scores[i + 1])
            .toArray();
    return new RocCurve(at(kept, scores), at(kept, curve.getX()), at(kept, curve.getY()));
  }

  private static double[] at(int[] indices, double[] values) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  /**
   * The sum of precision x gain in recall over the thresholds; {@link ROC#calculateAUCPR} joins the
   * points by lines instead, which flatters (Davis and Goadrich 2006).
   */
  private static double averagePrecision(RocCurve curve, int anomalies, int others) {
    double[] truePositiveRates = curve.getTpr();
    double[] falsePositiveRates = curve.getFpr();
    double sum = 0;
    for (int i = 1; i < truePositiveRates.length; i++) {
      double found = truePositiveRates[i] * anomalies;
      double gain = truePositiveRates[i] - truePositiveRates[i - 1];
      if (gain > 0) {
        sum += gain * found / (found + falsePositiveRates[i] * others);
      }
    }
    return sum;
  }
}
