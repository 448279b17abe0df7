package io.github.dae4j.corruption;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The stochastic mapping x -> x~ of a denoising autoencoder, q(x~ | x) in Vincent et al. (2008).
 *
 * <p>Implementations are immutable values: they validate themselves when built, draw only from the
 * generator they are given, and are stored in a saved model by class name and JSON properties, so a
 * class of your own works as long as Jackson can read and write it, as it can a public record; the
 * layer's builder tries.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface Corruption extends Serializable {

  /**
   * Corrupts a minibatch.
   *
   * @param clean [minibatch, features]; never modified
   * @param random the source of every draw: the same state gives the same result
   * @param iteration parameter updates so far, for corruptions that follow a schedule
   * @param epoch epochs so far, likewise
   */
  Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch);

  /**
   * The values alone of what {@link #corrupt} would return, from the same draws, to be written
   * where a layer needs them. The generator is not asked any more after that.
   *
   * @return rows that read {@code clean} when they are written; null, nothing being drawn, if there
   *     is no shorter way than {@code corrupt}
   */
  default CorruptedRows corruptRows(INDArray clean, Random random, int iteration, int epoch) {
    return null;
  }

  /**
   * Checks that rows of this width can be corrupted.
   *
   * @throws IllegalArgumentException if this corruption is bound to another number of features
   */
  default void validateFor(long features) {}
}
