package io.github.dae4j.layer;

import io.github.dae4j.corruption.Corrupted;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The weights alpha and beta of the reconstruction loss on corrupted and on untouched cells
 * (Vincent et al. 2010, 3.4).
 *
 * @param corrupted alpha, the weight of a cell that the corruption touched; finite, not negative
 * @param untouched beta, the weight of every other cell; finite, not negative
 */
public record Emphasis(
    @JsonProperty(required = true) double corrupted,
    @JsonProperty(required = true) double untouched)
    implements Serializable {

  /** Every cell counts the same. */
  public static final Emphasis NONE = new Emphasis(1, 1);

  public Emphasis {
    requireWeight("corrupted", corrupted);
    requireWeight("untouched", untouched);
    if (corrupted == 0 && untouched == 0) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder emphasis must not be 0 on corrupted and untouched cells alike");
    }
  }

  /**
   * The weight of each cell [minibatch, nIn], or null where all cells count 1.
   *
   * @param mask null, [minibatch, 1] or [minibatch, nIn]
   */
  INDArray cellWeights(Corrupted minibatch, INDArray mask) {
    if (equals(NONE) && mask == null) {
      return null;
    }
    INDArray weights = minibatch.touched().mul(corrupted - untouched).addi(untouched);
    if (mask == null) {
      return weights;
    }
    INDArray typed = mask.castTo(weights.dataType());
    return typed.isColumnVectorOrScalar() ? weights.muliColumnVector(typed) : weights.muli(typed);
  }

  private static void requireWeight(String cells, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder emphasis on "
              + cells
              + " cells must be finite and >= 0, got "
              + weight);
    }
  }
}
