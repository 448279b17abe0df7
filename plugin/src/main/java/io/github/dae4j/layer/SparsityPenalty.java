package io.github.dae4j.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link Sparsity} of the code of a sigmoid. */
final class SparsityPenalty implements CodePenalty {

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
  SparsityPenalty(Sparsity sparsity, INDArray y, INDArray examples) {
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
    double entropies = active.length() * (rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
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
