package io.github.dae4j.corruption;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Sets each cell, with probability {@code level}, to {@code min} or {@code max} with equal chance
 * (Vincent et al. 2010, 3.3).
 */
public record SaltAndPepperCorruption(
    @JsonProperty(required = true) double level,
    @JsonProperty(required = true) double min,
    @JsonProperty(required = true) double max)
    implements AdjustableCorruption {

  public SaltAndPepperCorruption {
    Requirements.requireLevel(SaltAndPepperCorruption.class, "level", level);
    Requirements.requireFinite(SaltAndPepperCorruption.class, "min", min);
    Requirements.requireFinite(SaltAndPepperCorruption.class, "max", max);
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "SaltAndPepperCorruption min must not exceed max, got " + min + " and " + max);
    }
  }

  /** With {@code min} 0 and {@code max} 1. */
  public SaltAndPepperCorruption(double level) {
    this(level, 0, 1);
  }

  @Override
  public SaltAndPepperCorruption withAmount(double level) {
    return new SaltAndPepperCorruption(level, min, max);
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    DataType type = clean.dataType();
    INDArray drawn = RandomArrays.uniform(random, clean.shape());
    INDArray touched = drawn.lt(level).castTo(type);
    INDArray pepper = drawn.lt(level / 2).castTo(type);
    INDArray speckles = CellArrays.replace(filled(max, clean), pepper, filled(min, clean));
    return new Corrupted(CellArrays.replace(clean, touched, speckles), touched);
  }

  private static INDArray filled(double value, INDArray like) {
    return Nd4j.valueArrayOf(like.shape(), value, like.dataType());
  }
}
