package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * How a model does on images that it was not trained on.
 *
 * @param images how many
 * @param reconstructionError the mean over images
 * @param classification null for a model without an output layer, or images without classes
 */
public record TestResult(int images, double reconstructionError, Classification classification) {

  private static final int BATCH = 256;

  /**
   * How images are classified.
   *
   * @param error the share of images that are classified wrongly, in [0, 1]
   * @param f1 the mean over classes
   * @param confusion [class][what it was taken for], in images
   * @param classes their names; null in reports of earlier versions
   */
  public record Classification(double error, double f1, int[][] confusion, List<String> classes) {}

  /** Measures a model, by DL4J's {@code Evaluation}. */
  public static TestResult of(
      StackedDenoisingAutoEncoder stack, ImageSet images, ProgressListener progress) {
    return of(stack, images, ReconstructionErrors.of(stack, images, progress), progress);
  }

  /** The same where the reconstruction error of each image is known: [images]. */
  public static TestResult of(
      StackedDenoisingAutoEncoder stack,
      ImageSet images,
      double[] errors,
      ProgressListener progress) {
    return new TestResult(
        images.size(),
        Arrays.stream(errors).average().orElse(Double.NaN),
        images.isLabelled() && stack.network().getOutputLayer() instanceof IOutputLayer
            ? classification(stack, images, progress)
            : null);
  }

  /** Measures what a model with an output layer takes images for. */
  public static Classification classification(
      StackedDenoisingAutoEncoder stack, ImageSet images, ProgressListener progress) {
    Evaluation evaluation =
        stack.network().evaluate(stack.normalized(minibatches(images, progress)));
    int[][] confusion = confusion(evaluation, images.classes().size());
    return new Classification(
        1 - evaluation.accuracy(), meanF1(confusion), confusion, images.classes());
  }

  /** Test images to be classified; a pass over them is a task. */
  public static DataSetIterator minibatches(ImageSet images, ProgressListener progress) {
    return new WatchedMinibatches(images.dataSet(), BATCH, "Classifying test images", progress);
  }

  /** Over the classes that occur; 0 for one that nothing is taken for, which DL4J leaves out. */
  static double meanF1(int[][] confusion) {
    return IntStream.range(0, confusion.length)
        .filter(label -> actual(confusion, label) + taken(confusion, label) > 0)
        .mapToDouble(
            label ->
                2.0
                    * confusion[label][label]
                    / (actual(confusion, label) + taken(confusion, label)))
        .average()
        .orElse(Double.NaN);
  }

  private static int actual(int[][] confusion, int label) {
    return Arrays.stream(confusion[label]).sum();
  }

  private static int taken(int[][] confusion, int label) {
    return Arrays.stream(confusion).mapToInt(row -> row[label]).sum();
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

  /** How badly a model reconstructs images, one by one. */
  public static final class ReconstructionErrors {

    private static final int IMAGES_AT_ONCE = 500;

    private ReconstructionErrors() {}

    /** [images], in the units of the bottom layer's loss. */
    public static double[] of(
        StackedDenoisingAutoEncoder stack, ImageSet images, ProgressListener progress) {
      double[] errors = new double[images.size()];
      for (int from = 0; from < errors.length; from += IMAGES_AT_ONCE) {
        progress.update("Reconstructing test images", from, errors.length);
        int to = Math.min(from + IMAGES_AT_ONCE, errors.length);
        double[] some = stack.reconstructionError(images.range(from, to).images()).toDoubleVector();
        System.arraycopy(some, 0, errors, from, some.length);
      }
      progress.update("Reconstructing test images", errors.length, errors.length);
      return errors;
    }
  }

  /** The minibatches of a set in their order; one pass over them is a task. */
  private static final class WatchedMinibatches extends ViewIterator {

    private static final long serialVersionUID = 1L;

    private final String task;
    private final long minibatches;
    private final transient ProgressListener progress;
    private long done;

    /** Begins the task. */
    WatchedMinibatches(DataSet examples, int batch, String task, ProgressListener progress) {
      super(examples, batch);
      this.task = task;
      this.progress = progress;
      minibatches = (examples.numExamples() + batch - 1) / batch;
      progress.update(task, 0, minibatches);
    }

    @Override
    public DataSet next() {
      progress.update(task, Math.min(++done, minibatches), minibatches);
      return super.next();
    }

    @Override
    public void reset() {
      super.reset();
      done = 0;
    }
  }
}
