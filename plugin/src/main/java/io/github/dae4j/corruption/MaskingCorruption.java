package io.github.dae4j.corruption;

import io.github.dae4j.internal.compute.BernoulliMask;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Overwrites each cell with probability {@code level}, each on its own (Vincent et al. 2010, 3.3).
 *
 * @param level the probability of a cell, in [0, 1]
 * @param fill what a masked cell becomes: one value for all cells, one for each column, or none for
 *     0
 */
public record MaskingCorruption(@JsonProperty(required = true) double level, List<Double> fill)
    implements AdjustableCorruption {

  public MaskingCorruption {
    Requirements.requireLevel(MaskingCorruption.class, "level", level);
    fill = FillValues.checked(MaskingCorruption.class, fill);
  }

  public MaskingCorruption(double level, double... fill) {
    this(level, FillValues.of(fill));
  }

  @Override
  public MaskingCorruption withAmount(double level) {
    return new MaskingCorruption(level, fill);
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    validateFor(clean.columns());
    if (!drawsQuickly(clean, random)) {
      return FillValues.mask(clean, RandomArrays.bernoulli(1 - level, clean, random), fill);
    }
    BernoulliMask masks = BernoulliMask.draw(clean, 1 - level, random);
    Corrupted result = new Corrupted(clean.ulike(), clean.ulike());
    masks.mask(0, result.values());
    masks.mark(result.touched());
    return result;
  }

  @Override
  public CorruptedRows corruptRows(INDArray clean, Random random, int iteration, int epoch) {
    validateFor(clean.columns());
    return drawsQuickly(clean, random) ? BernoulliMask.draw(clean, 1 - level, random)::mask : null;
  }

  private boolean drawsQuickly(INDArray clean, Random random) {
    return FillValues.isZero(fill) && BernoulliMask.suit(clean, random);
  }

  @Override
  public void validateFor(long features) {
    FillValues.validateFor(MaskingCorruption.class, fill, features);
  }
}
