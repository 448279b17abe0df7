package io.github.dae4j.corruption;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adds normal noise of one standard deviation to every cell: x~ = x + e, e ~ N(0, sd^2 I) (Vincent
 * et al. 2010, 3.3).
 */
public record GaussianCorruption(@JsonProperty(required = true) double standardDeviation)
    implements AdjustableCorruption {

  public GaussianCorruption {
    if (!(standardDeviation >= 0 && Double.isFinite(standardDeviation))) {
      throw new IllegalArgumentException(
          "GaussianCorruption standardDeviation must be finite and not negative, got "
              + standardDeviation);
    }
    Requirements.requireFinite(GaussianCorruption.class, "standardDeviation", standardDeviation);
  }

  @Override
  public GaussianCorruption withAmount(double standardDeviation) {
    return new GaussianCorruption(standardDeviation);
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    INDArray noise = RandomArrays.gaussian(standardDeviation, clean, random);
    if (standardDeviation == 0) {
      return new Corrupted(clean, clean.like());
    }
    return new Corrupted(noise.addi(clean), noise.like().assign(1));
  }
}
