package io.github.dae4j.corruption;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * Applies corruptions one after the other, each to what the one before left; a cell is touched if
 * any of them touched it.
 */
public record ComposedCorruption(List<Corruption> corruptions) implements Corruption {

  public ComposedCorruption {
    corruptions =
        Requirements.requireAllGiven(ComposedCorruption.class, "corruptions", corruptions);
  }

  public ComposedCorruption(Corruption... corruptions) {
    this(corruptions == null ? null : Arrays.asList(corruptions));
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    Corrupted result = corruptions.get(0).corrupt(clean, random, iteration, epoch);
    for (Corruption corruption : corruptions.subList(1, corruptions.size())) {
      Corrupted next = corruption.corrupt(result.values(), random, iteration, epoch);
      result = new Corrupted(next.values(), either(result.touched(), next.touched()));
    }
    return result;
  }

  private static INDArray either(INDArray first, INDArray second) {
    return first.rsub(1).muli(second).addi(first);
  }

  @Override
  public void validateFor(long features) {
    corruptions.forEach(corruption -> corruption.validateFor(features));
  }
}
