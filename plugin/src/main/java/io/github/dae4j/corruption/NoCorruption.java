package io.github.dae4j.corruption;

import io.github.dae4j.internal.compute.FusedKernels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/** Leaves the input as it is: the ordinary autoencoder. */
public record NoCorruption() implements Corruption {

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    return new Corrupted(clean, clean.like());
  }

  @Override
  public CorruptedRows corruptRows(INDArray clean, Random random, int iteration, int epoch) {
    return (first, x) -> FusedKernels.copy(clean, first, x);
  }
}
