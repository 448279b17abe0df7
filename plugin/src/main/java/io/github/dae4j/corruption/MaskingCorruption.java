package io.github.dae4j.corruption;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sets each cell to zero with probability {@code level}, each on its own (Vincent et al. 2010,
 * 3.3).
 */
public record MaskingCorruption(double level) implements Corruption {

  public MaskingCorruption {
    if (!(level >= 0 && level <= 1)) {
      throw new IllegalArgumentException("MaskingCorruption level must be in [0, 1], got " + level);
    }
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    INDArray touched = clean.ulike();
    Nd4j.getExecutioner().exec(new BernoulliDistribution(touched, level), random);
    return new Corrupted(clean.mul(touched.rsub(1)), touched);
  }
}
