package io.github.dae4j.layer;

import java.util.Arrays;
import java.util.List;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The loss of a table with columns of several kinds: squared error for numbers, binary
 * cross-entropy for features in [0, 1], and multi-class cross-entropy of a softmax for each one-hot
 * block, in nats, summed over the features of an example.
 *
 * <p>It goes with the identity as activation and takes sigmoid and softmax itself, from
 * pre-outputs, so that nothing is clipped and nothing overflows. Masks are weights of cells, or of
 * examples; gradients are exact for any.
 *
 * @param blocks the features in their order, at least one block
 */
public record MixedColumnsLoss(@JsonProperty(required = true) List<ColumnBlock> blocks)
    implements ILossFunction {

  private static final long serialVersionUID = 1L;

  public MixedColumnsLoss {
    if (blocks == null || blocks.isEmpty()) {
      throw new IllegalArgumentException("MixedColumnsLoss blocks must not be empty");
    }
    blocks = List.copyOf(blocks);
  }

  public MixedColumnsLoss(ColumnBlock... blocks) {
    this(List.of(blocks));
  }

  /** The number of features. */
  public long width() {
    return blocks.stream().mapToLong(ColumnBlock::width).sum();
  }

  /**
   * What a reconstruction, which is a pre-output, says is to be expected of the features: numbers
   * as they are, the probability of each binary feature and of each category. [minibatch, width] ->
   * the same shape.
   */
  public INDArray expected(INDArray preOutput) {
    requireWidth("pre-output", preOutput);
    return blockwise().expected(preOutput);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    require(labels, preOutput, activation);
    double sum = blockwise().score(labels, preOutput, cellWeights(preOutput, mask));
    return average ? sum / preOutput.size(0) : sum;
  }

  /** The loss of each example [minibatch, 1]. */
  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    require(labels, preOutput, activation);
    INDArray cells = blockwise().perFeature(labels, preOutput);
    if (mask != null) {
      cells.muli(cellWeights(preOutput, mask).castTo(cells.dataType()));
    }
    return cells.sum(true, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    require(labels, preOutput, activation);
    return blockwise().gradient(labels, preOutput, cellWeights(preOutput, mask));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return Pair.of(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return toString();
  }

  BlockwiseLoss blockwise() {
    return new BlockwiseLoss(blocks);
  }

  private static INDArray cellWeights(INDArray preOutput, INDArray mask) {
    if (mask == null || mask.equalShapes(preOutput)) {
      return mask;
    }
    return preOutput.ulike().assign(1).muliColumnVector(mask.castTo(preOutput.dataType()));
  }

  private void require(INDArray labels, INDArray preOutput, IActivation activation) {
    if (!(activation instanceof ActivationIdentity)) {
      throw new IllegalArgumentException(
          "MixedColumnsLoss activation must be identity, got "
              + activation
              + "; the loss takes sigmoid and softmax itself");
    }
    requireWidth("pre-output", preOutput);
    if (!labels.equalShapes(preOutput)) {
      throw new IllegalArgumentException(
          "MixedColumnsLoss labels must have the shape of the pre-output, %s, got %s"
              .formatted(Arrays.toString(preOutput.shape()), Arrays.toString(labels.shape())));
    }
  }

  private void requireWidth(String what, INDArray array) {
    if (array.rank() != 2 || array.size(1) != width()) {
      throw new IllegalArgumentException(
          "MixedColumnsLoss %s must be [minibatch, %d], got %s"
              .formatted(what, width(), Arrays.toString(array.shape())));
    }
  }
}
