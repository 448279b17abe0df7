package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * weight x the squared Frobenius norm of the encoder's Jacobian, sum over j of s'(a_j)^2 x sum over
 * i of W_ij^2 (Rifai et al. 2011).
 */
final class ContractionPenalty implements CodePenalty {

  private final double weight;
  private final Activation encoder;
  private final INDArray w;
  private final INDArray y;
  private final INDArray squaredSlopes;
  private final INDArray unitSums;
  private final INDArray squaredNorms;

  /**
   * @param y the code [n, nOut]
   * @param examples null or the weight of each example [n, 1]
   */
  ContractionPenalty(double weight, Activation encoder, INDArray w, INDArray y, INDArray examples) {
    DataType type = SigmoidCrossEntropy.sumType(y.dataType());
    this.weight = weight;
    this.encoder = encoder;
    this.w = w.castTo(type);
    this.y = y.castTo(type);
    INDArray slopes = slopes();
    squaredSlopes = slopes.muli(slopes);
    if (examples != null) {
      squaredSlopes.muliColumnVector(examples.castTo(type));
    }
    unitSums = squaredSlopes.sum(true, 0);
    squaredNorms = this.w.mul(this.w).sum(true, 0);
  }

  @Override
  public double score() {
    return weight * unitSums.mul(squaredNorms).sumNumber().doubleValue();
  }

  @Override
  public INDArray gradient() {
    return bends().muli(squaredSlopes).muliRowVector(squaredNorms).muli(2 * weight);
  }

  @Override
  public void addWeightGradient(INDArray dW) {
    dW.addi(w.mulRowVector(unitSums).muli(2 * weight).castTo(dW.dataType()));
  }

  /** s'(a), of y = s(a). */
  private INDArray slopes() {
    return switch (encoder) {
      case IDENTITY -> y.like().assign(1);
      case SIGMOID -> y.rsub(1).muli(y);
      case TANH -> y.mul(y).rsubi(1);
      case RELU -> y.gt(0).castTo(y.dataType());
    };
  }

  /** s''(a) / s'(a), of y = s(a). */
  private INDArray bends() {
    return switch (encoder) {
      case IDENTITY, RELU -> y.like();
      case SIGMOID -> y.mul(-2).addi(1);
      case TANH -> y.mul(-2);
    };
  }
}
