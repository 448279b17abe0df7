package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.ImageSet;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images that can be recognized again, pixel by pixel. */
final class KnownImages {

  private final Set<FloatBuffer> known = new HashSet<>();

  KnownImages(ImageSet images) {
    INDArray rows = images.images().dup();
    for (int i = 0; i < images.size(); i++) {
      known.add(pixels(rows, i));
    }
  }

  /** Whether an image of the other set, by its index, is none of these. */
  IntPredicate notAmong(ImageSet others) {
    return i -> !known.contains(pixels(others.images(), i));
  }

  private static FloatBuffer pixels(INDArray rows, int row) {
    return FloatBuffer.wrap(rows.getRow(row).toFloatVector());
  }
}
