package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.FloatRange;
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
   * @param touched 1 or 0 for each cell [minibatch, nIn]; null if it makes no difference
   * @param mask null, [minibatch, 1] or [minibatch, nIn]
   * @param cells in the shape and type wanted
   */
  INDArray cellWeights(INDArray touched, INDArray mask, INDArray cells) {
    if (touched == null) {
      return mask == null ? null : spread(mask, cells);
    }
    INDArray weights = touched.mul(corrupted - untouched).addi(untouched);
    return mask == null ? weights : weights.muli(spread(mask, weights));
  }

  private static INDArray spread(INDArray mask, INDArray cells) {
    INDArray typed = mask.castTo(cells.dataType());
    return typed.equalShapes(cells) ? typed : cells.ulike().assign(1).muliColumnVector(typed);
  }

  private static void requireWeight(String cells, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder emphasis on "
              + cells
              + " cells must be finite and >= 0, got "
              + weight);
    }
    FloatRange.require("DenoisingAutoEncoder emphasis on " + cells + " cells", weight);
  }
}
