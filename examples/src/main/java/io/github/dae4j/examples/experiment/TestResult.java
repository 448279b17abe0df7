package io.github.dae4j.examples.experiment;

import io.github.dae4j.examples.data.ImageSet;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.ViewIterator;

/**
 * How a model does on images that it was not trained on.
 *
 * @param images how many
 * @param reconstructionError the mean over images
 * @param classification null for a model without an output layer
 */
public record TestResult(int images, double reconstructionError, Classification classification) {

  private static final int BATCH = 256;

  /**
   * Digits recognized.
   *
   * @param error the share of images that are classified wrongly, in [0, 1]
   * @param f1 the mean over classes
   * @param confusion [class][what it was taken for], in images
   */
  public record Classification(double error, double f1, int[][] confusion) {}

  /** Measures a model, by DL4J's {@code Evaluation}. */
  public static TestResult of(StackedDenoisingAutoEncoder stack, ImageSet images) {
    return of(stack, images, stack.reconstructionError(images.images()));
  }

  /** The same where the reconstruction error of each image is known: [images]. */
  static TestResult of(StackedDenoisingAutoEncoder stack, ImageSet images, INDArray errors) {
    return new TestResult(
        images.size(),
        errors.meanNumber().doubleValue(),
        stack.network().getOutputLayer() instanceof IOutputLayer
            ? classification(stack, images)
            : null);
  }

  private static Classification classification(StackedDenoisingAutoEncoder stack, ImageSet images) {
    Evaluation evaluation =
        stack.network().evaluate(stack.normalized(new ViewIterator(images.dataSet(), BATCH)));
    return new Classification(
        1 - evaluation.accuracy(), evaluation.f1(), confusion(evaluation, images.classes()));
  }

  private static int[][] confusion(Evaluation evaluation, int classes) {
    return IntStream.range(0, classes)
        .mapToObj(
            actual ->
                IntStream.range(0, classes)
                    .map(taken -> evaluation.getConfusionMatrix().getCount(actual, taken))
                    .toArray())
        .toArray(int[][]::new);
  }
}
