package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How unusual images are: the root mean square, over all pixels, of what a model's reconstruction
 * is off by.
 *
 * <p>A model's own loss would not do: under cross-entropy a grey pixel costs much however well it
 * is reconstructed, and a black image little.
 */
public final class ImageAnomalies {

  private static final int FEWEST = 20; // held out
  private static final int MOST = 5000;
  private static final int STEPS = 200;

  private ImageAnomalies() {}

  /** The score of each image: x [n, values] in [0, 1] -> [n]. */
  public static double[] scores(StackedDenoisingAutoEncoder model, INDArray x) {
    float[][] images = x.toFloatMatrix();
    float[][] reconstructed = model.reconstruct(x).toFloatMatrix();
    double[] scores = new double[images.length];
    for (int i = 0; i < scores.length; i++) {
      double sum = 0;
      for (int value = 0; value < images[i].length; value++) {
        double difference = images[i][value] - reconstructed[i][value];
        sum += difference * difference;
      }
      scores[i] = Math.sqrt(sum / images[i].length);
    }
    return scores;
  }

  /**
   * Scores in ascending order, from the least to the most, of images that training has not seen or,
   * where those are few, that it has; empty for a model that cannot reconstruct.
   */
  static List<Double> usual(StackedDenoisingAutoEncoder model, Splits images) {
    ImageSet validation = images.validation();
    ImageSet held = validation == null || validation.size() < FEWEST ? images.train() : validation;
    try {
      double[] scores = scores(model, held.first(Math.min(MOST, held.size())).images());
      Arrays.sort(scores);
      int steps = Math.min(STEPS, scores.length - 1);
      return IntStream.rangeClosed(0, steps)
          .mapToDouble(i -> steps == 0 ? 0 : (double) i / steps)
          .mapToObj(quantile -> DetectorPlan.ofQuantile(quantile).threshold(scores))
          .toList();
    } catch (UnsupportedOperationException e) {
      return List.of();
    }
  }

  /**
   * The score that a share of usual images lies above.
   *
   * @param usual scores in ascending order
   */
  public static double threshold(List<Double> usual, double contamination) {
    return DetectorPlan.ofContamination(contamination)
        .threshold(usual.stream().mapToDouble(score -> score).toArray());
  }
}
