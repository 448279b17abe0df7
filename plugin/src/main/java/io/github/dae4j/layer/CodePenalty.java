package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.Activation;
import io.github.dae4j.internal.solver.FastPath;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A term that a denoising step adds to its loss for the sake of the code, at one minibatch. */
sealed interface CodePenalty {

  /** As sums over the minibatch have it: n x the term. */
  double score();

  /** What it adds to the derivative of the encoder's pre-activation [n, nOut]. */
  INDArray gradient();

  /** Adds to dW [nIn, nOut] what does not come by way of the pre-activation. */
  default void addWeightGradient(INDArray dW) {}

  /**
   * Those of a configuration.
   *
   * @param w the encoder's weights [nIn, nOut]
   * @param y the code [n, nOut]
   * @param examples null or the weight of each example [n, 1]
   */
  static List<CodePenalty> of(
      DenoisingAutoEncoder conf, INDArray w, INDArray y, INDArray examples) {
    List<CodePenalty> penalties = new ArrayList<>();
    if (conf.getContraction() > 0) {
      Activation encoder = FastPath.knownActivation(conf.getActivationFn());
      penalties.add(new Contraction(conf.getContraction(), encoder, w, y, examples));
    }
    if (conf.getSparsity().weight() > 0) {
      penalties.add(new Sparse(conf.getSparsity(), y, examples));
    }
    return penalties;
  }

  /**
   * weight x the squared Frobenius norm of the encoder's Jacobian, sum over j of s'(a_j)^2 x sum
   * over i of W_ij^2 (Rifai et al. 2011).
   */
  final class Contraction implements CodePenalty {

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
    Contraction(double weight, Activation encoder, INDArray w, INDArray y, INDArray examples) {
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

  /** {@link Sparsity} of the code of a sigmoid. */
  final class Sparse implements CodePenalty {

    /** Means are no less, so that divergence and derivative have an end in FLOAT too. */
    private static final double LEAST = 1e-30;

    private final Sparsity sparsity;
    private final INDArray y;
    private final INDArray examples;
    private final double count;
    private final INDArray active;
    private final INDArray inactive;

    /**
     * @param y the code [n, nOut]
     * @param examples null or the weight of each example [n, 1]
     */
    Sparse(Sparsity sparsity, INDArray y, INDArray examples) {
      DataType type = SigmoidCrossEntropy.sumType(y.dataType());
      this.sparsity = sparsity;
      this.y = y.castTo(type);
      this.examples = (examples == null ? Nd4j.ones(type, y.size(0), 1) : examples).castTo(type);
      count = Math.max(LEAST, this.examples.sumNumber().doubleValue());
      active = means(this.y);
      inactive = means(this.y.rsub(1)); // 1 - active would be 0 where a few codes are below 1
    }

    private INDArray means(INDArray rows) {
      INDArray means = rows.mulColumnVector(examples).sum(true, 0).divi(count);
      return Transforms.max(means, LEAST, false);
    }

    @Override
    public double score() {
      double rate = sparsity.rate();
      INDArray cross = Transforms.log(active, true).muli(rate);
      cross.addi(Transforms.log(inactive, true).muli(1 - rate));
      double entropies =
          active.length() * (rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
      return y.size(0) * sparsity.weight() * (entropies - cross.sumNumber().doubleValue());
    }

    /** By the sigmoid's derivative, y (1 - y), which takes back what small means divide by. */
    @Override
    public INDArray gradient() {
      INDArray ofMeans = active.sub(sparsity.rate()).divi(active).divi(inactive);
      return y.rsub(1)
          .muli(y)
          .muliRowVector(ofMeans)
          .muliColumnVector(examples)
          .muli(sparsity.weight() * y.size(0) / count);
    }
  }
}
