package io.github.dae4j.layer;

import java.io.Serializable;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Neighbouring features of one kind.
 *
 * @param width the number of features, at least 1; of a categorical block the number of categories
 */
public record ColumnBlock(
    @JsonProperty(required = true) Kind kind, @JsonProperty(required = true) int width)
    implements Serializable {

  public ColumnBlock {
    Objects.requireNonNull(kind, "ColumnBlock kind must not be null");
    if (width < 1) {
      throw new IllegalArgumentException("ColumnBlock width must be at least 1, got " + width);
    }
  }

  /** So many standardised numbers. */
  public static ColumnBlock numeric(int width) {
    return new ColumnBlock(Kind.NUMERIC, width);
  }

  /** So many features in [0, 1]. */
  public static ColumnBlock binary(int width) {
    return new ColumnBlock(Kind.BINARY, width);
  }

  /** One column of so many categories, one-hot. */
  public static ColumnBlock categorical(int width) {
    return new ColumnBlock(Kind.CATEGORICAL, width);
  }

  /**
   * What the features of a {@link ColumnBlock} stand for, and so which loss x and pre-output a
   * have.
   */
  public enum Kind {

    /** Standardised numbers: squared error, {@code (a - x)^2}. */
    NUMERIC {
      @Override
      INDArray cells(INDArray x, INDArray a, int[] widths) {
        INDArray difference = a.sub(x);
        return difference.muli(difference);
      }

      @Override
      INDArray gradient(INDArray x, INDArray a, INDArray weights, int[] widths) {
        INDArray gradient = a.sub(x).muli(2);
        return weights == null ? gradient : gradient.muli(weights);
      }

      @Override
      INDArray expected(INDArray a, int[] widths) {
        return a;
      }
    },

    /** Features in [0, 1], each on its own: cross-entropy of {@code sigmoid(a)}. */
    BINARY {
      @Override
      INDArray cells(INDArray x, INDArray a, int[] widths) {
        return UNWEIGHTED.perFeature(x, a);
      }

      @Override
      INDArray gradient(INDArray x, INDArray a, INDArray weights, int[] widths) {
        return UNWEIGHTED.gradient(x, a.dup(), weights);
      }

      @Override
      INDArray expected(INDArray a, int[] widths) {
        return Transforms.sigmoid(a, true);
      }
    },

    /** The one-hot block of one column: {@code -x log softmax(a)}; a block of zeros has no loss. */
    CATEGORICAL {
      @Override
      INDArray cells(INDArray x, INDArray a, int[] widths) {
        return new Softmaxes(widths).log(a).muli(x).negi();
      }

      @Override
      INDArray gradient(INDArray x, INDArray a, INDArray weights, int[] widths) {
        INDArray weighted = weights == null ? x : x.mul(weights);
        return expected(a, widths).muli(new Softmaxes(widths).sums(weighted)).subi(weighted);
      }

      @Override
      INDArray expected(INDArray a, int[] widths) {
        return Transforms.exp(new Softmaxes(widths).log(a), false);
      }
    };

    private static final SigmoidCrossEntropy UNWEIGHTED = new SigmoidCrossEntropy(null);

    /**
     * The loss of each cell of all features of this kind [minibatch, features].
     *
     * @param widths of the blocks
     */
    abstract INDArray cells(INDArray x, INDArray a, int[] widths);

    /**
     * The derivative by a of the sum of weighted cells [minibatch, features].
     *
     * @param weights of each cell, or null
     */
    abstract INDArray gradient(INDArray x, INDArray a, INDArray weights, int[] widths);

    /** The features that pre-outputs say are to be expected [minibatch, features]. */
    abstract INDArray expected(INDArray a, int[] widths);
  }
}
