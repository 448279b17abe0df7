package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.experiment.BenchmarkReport.Errors;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a model takes images for.
 *
 * @param taken the class of each image that is most probable
 */
record Predictions(ImageSet images, int[] taken) {

  private static final int BATCH = 256;

  static Predictions of(
      StackedDenoisingAutoEncoder stack, ImageSet images, ProgressListener progress) {
    WatchedMinibatches minibatches =
        new WatchedMinibatches(images.dataSet(), BATCH, "Classifying test images", progress);
    INDArray probabilities = stack.network().output(stack.normalized(minibatches));
    return new Predictions(images, probabilities.argMax(1).toIntVector());
  }

  boolean isMistaken(int image) {
    return taken[image] != images.labels()[image];
  }

  Errors errors(IntPredicate which) {
    int count = (int) indices(which).count();
    long mistaken = indices(which).filter(this::isMistaken).count();
    return new Errors(count, mistaken / (double) count);
  }

  IntStream indices(IntPredicate which) {
    return IntStream.range(0, taken.length).filter(which);
  }

  /** [class][what it was taken for], in images. */
  int[][] confusion() {
    int[][] confusion = new int[images.classes().size()][images.classes().size()];
    indices(i -> true).forEach(i -> confusion[images.labels()[i]][taken[i]]++);
    return confusion;
  }

  /** The pixels of an image. */
  INDArray image(int index) {
    return images.images().getRow(index);
  }
}
