package io.github.dae4j.corruption;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Overwrites exactly {@code round(level * features)} cells of each row, chosen uniformly (Vincent
 * et al. 2008, 2.3).
 *
 * @param level the share of the cells of a row, in [0, 1]
 * @param fill what a masked cell becomes: one value for all cells, one for each column, or none for
 *     0
 */
public record ExactMaskingCorruption(@JsonProperty(required = true) double level, List<Double> fill)
    implements AdjustableCorruption {

  public ExactMaskingCorruption {
    Requirements.requireLevel(ExactMaskingCorruption.class, "level", level);
    fill = FillValues.checked(ExactMaskingCorruption.class, fill);
  }

  public ExactMaskingCorruption(double level, double... fill) {
    this(level, FillValues.of(fill));
  }

  @Override
  public ExactMaskingCorruption withAmount(double level) {
    return new ExactMaskingCorruption(level, fill);
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    long features = clean.columns();
    validateFor(features);
    INDArray kept = kept(RandomArrays.uniform(random, clean.rows(), features), masked(features));
    return FillValues.mask(clean, kept.castTo(clean.dataType()), fill);
  }

  @Override
  public void validateFor(long features) {
    FillValues.validateFor(ExactMaskingCorruption.class, fill, features);
  }

  private long masked(long features) {
    return Math.round(level * features);
  }

  /** True in all but the cells with the {@code masked} smallest draws of each row. */
  static INDArray kept(INDArray drawn, long masked) {
    INDArray keys = distinctKeys(drawn);
    if (masked == 0) {
      return keys.gte(0);
    }
    return keys.gt(Nd4j.sort(keys.dup(), 1, true).getColumn(masked - 1, true));
  }

  /** Whole numbers in the order of the draws, where equal draws are told apart by their column. */
  private static INDArray distinctKeys(INDArray drawn) {
    INDArray steps = Transforms.floor(drawn.castTo(DataType.DOUBLE).muli(1 << 24), false);
    return steps.muli(drawn.columns()).addiRowVector(CellArrays.numbers(drawn.columns()));
  }
}
