package io.github.dae4j.corruption;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A corrupted minibatch.
 *
 * @param values x~ [minibatch, features], in the type of the clean input
 * @param touched 1 in each cell that was drawn for corruption, even if its value came out the same,
 *     and 0 elsewhere; the shape and type of {@code values}
 */
public record Corrupted(INDArray values, INDArray touched) {

  public Corrupted {
    if (!values.equalShapes(touched) || values.dataType() != touched.dataType()) {
      throw new IllegalArgumentException(
          "Corrupted touched must have shape and type of values, %s %s, got %s %s"
              .formatted(
                  values.dataType(),
                  Arrays.toString(values.shape()),
                  touched.dataType(),
                  Arrays.toString(touched.shape())));
    }
  }
}
