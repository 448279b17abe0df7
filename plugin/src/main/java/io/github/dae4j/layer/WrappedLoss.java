package io.github.dae4j.layer;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;

/**
 * Any loss function of DL4J, or of the user.
 *
 * <p>With cell weights it is evaluated on the output, past the activation: DL4J's losses multiply
 * the gradient by their mask twice, which only a mask of zeros and ones survives.
 */
record WrappedLoss(ILossFunction loss, IActivation activation) implements ReconstructionLoss {

  private static final IActivation IDENTITY = new ActivationIdentity();

  @Override
  public double score(INDArray target, INDArray preOutput, INDArray weights) {
    return weights == null
        ? loss.computeScore(target, preOutput, activation, null, false)
        : loss.computeScore(target, output(preOutput), IDENTITY, weights, false);
  }

  @Override
  public INDArray gradient(INDArray target, INDArray preOutput, INDArray weights) {
    if (weights == null) {
      return loss.computeGradient(target, preOutput, activation, null);
    }
    INDArray dOutput = loss.computeGradient(target, output(preOutput), IDENTITY, null);
    return activation.backprop(preOutput, dOutput.muli(weights)).getFirst();
  }

  private INDArray output(INDArray preOutput) {
    return activation.getActivation(preOutput.dup(), true);
  }

  @Override
  public INDArray perExample(INDArray target, INDArray preOutput) {
    return scores(target, preOutput, activation, null);
  }

  /**
   * The score that is left when all features but one are masked, one feature after the other: right
   * for every loss that is a sum over features, whatever its weights and its scale.
   */
  @Override
  public INDArray perFeature(INDArray target, INDArray preOutput) {
    INDArray output = output(preOutput);
    INDArray cells = output.ulike();
    INDArray mask = output.like();
    for (long feature = 0; feature < target.size(1); feature++) {
      INDArray column = mask.getColumn(feature);
      column.assign(1);
      try {
        cells.putColumn((int) feature, scores(target, output, IDENTITY, mask));
      } catch (UnsupportedOperationException e) {
        throw notASumOverFeatures(e); // it takes no masks of single features
      }
      column.assign(0);
    }
    requireSumOverFeatures(cells, perExample(target, preOutput));
    return cells;
  }

  private INDArray scores(INDArray target, INDArray out, IActivation activation, INDArray mask) {
    INDArray scores = loss.computeScoreArray(target, out, activation, mask);
    if (loss instanceof LossMAE) {
      scores.divi(target.size(1)); // M2.1's computeScoreArray, unlike its computeScore, does not
    }
    return scores.reshape(scores.length());
  }

  private void requireSumOverFeatures(INDArray cells, INDArray examples) {
    INDArray difference = cells.sum(1).subi(examples);
    double error = difference.amaxNumber().doubleValue();
    double size = Math.max(1e-3, examples.amaxNumber().doubleValue());
    if (!(error <= 1e-2 * size)) {
      throw notASumOverFeatures(null);
    }
  }

  private UnsupportedOperationException notASumOverFeatures(Exception cause) {
    return new UnsupportedOperationException(
        "reconstruction error per feature needs a loss that is a sum over features, got " + loss,
        cause);
  }
}
