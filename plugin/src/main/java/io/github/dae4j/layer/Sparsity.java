package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.FloatRange;
import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A penalty on codes whose units are not active as often as they should be: weight x the sum over
 * units of KL(rate || mean of the unit over the minibatch), in nats.
 *
 * @param rate the mean that each unit of the code should have, in (0, 1)
 * @param weight finite, not negative; 0 for no penalty
 */
public record Sparsity(
    @JsonProperty(required = true) double rate, @JsonProperty(required = true) double weight)
    implements Serializable {

  /** No penalty. */
  public static final Sparsity NONE = new Sparsity(0.05, 0);

  public Sparsity {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder sparsity rate must be in (0, 1), got " + rate);
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder sparsity weight must be in [0, infinity), got " + weight);
    }
    FloatRange.require("DenoisingAutoEncoder sparsity rate", rate);
    FloatRange.require("DenoisingAutoEncoder sparsity weight", weight);
  }
}
