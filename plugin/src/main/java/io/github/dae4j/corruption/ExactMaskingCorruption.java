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
    Limits.requireLevel(ExactMaskingCorruption.class, "level", level);
    fill = Fill.checked(ExactMaskingCorruption.class, fill);
  }

  public ExactMaskingCorruption(double level, double... fill) {
    this(level, Fill.of(fill));
  }

  @Override
  public ExactMaskingCorruption withAmount(double level) {
    return new ExactMaskingCorruption(level, fill);
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    long features = clean.columns();
    validateFor(features);
    INDArray keys = distinctKeys(clean.rows(), features, random);
    long masked = Math.round(level * features);
    INDArray kept = masked == 0 ? keys.gte(0) : keys.gt(smallest(masked, keys));
    return Fill.mask(clean, kept.castTo(clean.dataType()), fill);
  }

  @Override
  public void validateFor(long features) {
    Fill.validateFor(ExactMaskingCorruption.class, fill, features);
  }

  /** Random whole numbers, no two alike in a row: equal draws are told apart by their column. */
  private static INDArray distinctKeys(long rows, long features, Random random) {
    INDArray keys = Draw.uniform(random, rows, features).castTo(DataType.DOUBLE);
    Transforms.floor(keys.muli(1 << 24), false);
    return keys.muli(features).addiRowVector(Rows.numbers(features));
  }

  /** The {@code rank}-th smallest key of each row, [minibatch, 1]. */
  private static INDArray smallest(long rank, INDArray keys) {
    return Nd4j.sort(keys.dup(), 1, true).getColumn(rank - 1, true);
  }
}
