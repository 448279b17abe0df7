package io.github.dae4j.corruption;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** A corruption as a user would write it: with the public interface and ND4J alone. */
public record NegatingCorruption(double level) implements Corruption {

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    INDArray touched = Nd4j.createUninitialized(clean.dataType(), clean.shape(), 'c');
    Nd4j.getExecutioner().exec(new BernoulliDistribution(touched, level), random);
    return new Corrupted(clean.mul(touched.mul(-2).addi(1)), touched);
  }
}
