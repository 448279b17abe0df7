package io.github.dae4j.stacked.marginalized;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer that {@link MarginalizedMasking} has fitted: the linear map W [x;1] from a corrupted x to
 * the clean one, and tanh of it as the code.
 */
public final class MarginalizedAutoEncoder {

  private final INDArray weights; // [nIn, nIn] as in a dense layer: x W
  private final INDArray bias; // [1, nIn]

  private MarginalizedAutoEncoder(INDArray weights, INDArray bias) {
    this.weights = weights;
    this.bias = bias;
  }

  /** Of W' [nIn + 1, nIn], whose last row is the bias. */
  static MarginalizedAutoEncoder ofRows(double[][] rows) {
    int nIn = rows.length - 1;
    return new MarginalizedAutoEncoder(
        Nd4j.createFromArray(Arrays.copyOf(rows, nIn)),
        Nd4j.createFromArray(new double[][] {rows[nIn]}));
  }

  /** W' [nIn + 1, nIn], whose last row is the bias. */
  INDArray rows() {
    return Nd4j.vstack(weights, bias);
  }

  /** The number of features. */
  public long nIn() {
    return weights.size(0);
  }

  /** W [nIn, nIn + 1] DOUBLE, whose last column belongs to the bias; a copy. */
  public INDArray mapping() {
    return rows().transpose().dup('c');
  }

  /**
   * tanh(W [x;1]), computed in DOUBLE.
   *
   * @param x [minibatch, nIn]
   * @return [minibatch, nIn] in the type of x, FLOAT for whole numbers
   */
  public INDArray encode(INDArray x) {
    return Transforms.tanh(mapped(x), false).castTo(typeOf(x));
  }

  /**
   * W [x;1], the clean features as far as a linear map can tell them from corrupted ones.
   *
   * @param x [minibatch, nIn]
   * @return [minibatch, nIn] in the type of x, FLOAT for whole numbers
   */
  public INDArray reconstruct(INDArray x) {
    return mapped(x).castTo(typeOf(x));
  }

  /** That of codes of x: whole numbers have no room for them. */
  static DataType typeOf(INDArray x) {
    return x.dataType().isFPType() ? x.dataType() : DataType.FLOAT;
  }

  private INDArray mapped(INDArray x) {
    if (x.rank() != 2 || x.size(1) != nIn()) {
      throw new IllegalArgumentException(
          "MarginalizedAutoEncoder input must be [minibatch, %d], got %s"
              .formatted(nIn(), Arrays.toString(x.shape())));
    }
    return x.castTo(DataType.DOUBLE).mmul(weights).addiRowVector(bias);
  }
}
