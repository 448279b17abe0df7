package io.github.dae4j.corruption;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What masking writes into a cell: one value for all cells or one for each column. */
final class FillValues {

  private static final List<Double> ZERO = List.of(0.0);

  private FillValues() {}

  static List<Double> of(double... fill) {
    return Arrays.stream(fill).boxed().toList();
  }

  static List<Double> checked(Class<?> owner, List<Double> fill) {
    if (fill == null || fill.isEmpty()) {
      return ZERO;
    }
    fill.forEach(value -> Requirements.requireFinite(owner, "fill", value));
    return List.copyOf(fill);
  }

  static boolean isZero(List<Double> fill) {
    return fill.equals(ZERO);
  }

  static void validateFor(Class<?> owner, List<Double> fill, long features) {
    if (fill.size() > 1) {
      Requirements.requireFeatures(owner, "fill values", fill.size(), features);
    }
  }

  /** Masks the cells where {@code kept} is 0; {@code kept} is used up. */
  static Corrupted mask(INDArray clean, INDArray kept, List<Double> fill) {
    if (isZero(fill)) {
      return new Corrupted(CellArrays.keep(clean, kept), kept.rsubi(1));
    }
    INDArray touched = kept.rsubi(1);
    return new Corrupted(CellArrays.replace(clean, touched, asArray(fill, clean)), touched);
  }

  private static INDArray asArray(List<Double> fill, INDArray like) {
    if (fill.size() == 1) {
      return Nd4j.valueArrayOf(like.shape(), fill.get(0), like.dataType());
    }
    return Nd4j.zeros(like.dataType(), like.shape())
        .addiRowVector(CellArrays.row(fill, like.dataType()));
  }
}
