package io.github.dae4j.layer;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.ops.transforms.Transforms;

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
    INDArray p = summable(preOutput);
    return weights == null
        ? loss.computeScore(target, p, activation, null, false)
        : loss.computeScore(target, output(p), IDENTITY, weights, false);
  }

  @Override
  public INDArray gradient(INDArray target, INDArray preOutput, INDArray weights) {
    if (weights == null) {
      return loss.computeGradient(target, preOutput, activation, null);
    }
    INDArray dOutput = loss.computeGradient(target, output(preOutput), IDENTITY, null);
    return activation.backprop(preOutput, dOutput.muli(weights)).getFirst();
  }

  /** In a type whose sums are exact enough; DL4J's losses take the target to it. */
  private static INDArray summable(INDArray preOutput) {
    return preOutput.castTo(SigmoidCrossEntropy.sumType(preOutput.dataType()));
  }

  private INDArray output(INDArray preOutput) {
    return activation.getActivation(preOutput.dup(), true);
  }

  @Override
  public INDArray perExample(INDArray target, INDArray preOutput) {
    return scores(target, summable(preOutput), activation, null);
  }

  /**
   * Every cell as an example of its own, where the loss takes that and its rows then sum to the
   * loss of the example, be it times nIn; otherwise what is left when all features but one are
   * masked, one feature after the other.
   */
  @Override
  public INDArray perFeature(INDArray target, INDArray preOutput) {
    INDArray output = output(summable(preOutput));
    INDArray examples = perExample(target, preOutput);
    Optional<INDArray> cells = cellByCell(target, output);
    if (cells.isPresent()) {
      for (long scale : new long[] {1, target.size(1)}) {
        INDArray scaled = cells.get().div(scale);
        if (areSums(examples, scaled)) {
          return scaled;
        }
      }
    }
    INDArray features = featureByFeature(target, output);
    if (!areSums(examples, features)) {
      throw notASumOverFeatures(null);
    }
    return features;
  }

  private Optional<INDArray> cellByCell(INDArray target, INDArray output) {
    long cells = target.length();
    try {
      INDArray scores =
          scores(
              target.dup('c').reshape(cells, 1), output.dup('c').reshape(cells, 1), IDENTITY, null);
      return Optional.of(scores.reshape('c', target.shape()));
    } catch (IllegalStateException e) {
      return Optional.empty(); // it has a weight for each feature
    }
  }

  private INDArray featureByFeature(INDArray target, INDArray output) {
    INDArray features = output.ulike();
    INDArray mask = output.like();
    for (long feature = 0; feature < target.size(1); feature++) {
      INDArray column = mask.getColumn(feature);
      column.assign(1);
      try {
        features.putColumn((int) feature, scores(target, output, IDENTITY, mask));
      } catch (UnsupportedOperationException e) {
        throw notASumOverFeatures(e); // it takes no masks of single features
      }
      column.assign(0);
    }
    return features;
  }

  private INDArray scores(INDArray target, INDArray out, IActivation activation, INDArray mask) {
    INDArray scores = loss.computeScoreArray(target, out, activation, mask);
    if (loss instanceof LossMAE) {
      scores.divi(target.size(1)); // M2.1's computeScoreArray, unlike its computeScore, does not
    }
    return scores.reshape(scores.length());
  }

  private static boolean areSums(INDArray examples, INDArray features) {
    INDArray differences = features.sum(1).subi(examples).divi(Transforms.abs(examples).addi(1e-3));
    return Arrays.stream(differences.castTo(DataType.DOUBLE).toDoubleVector())
        .filter(Double::isFinite) // otherwise no cell is to blame
        .allMatch(difference -> Math.abs(difference) <= 1e-2);
  }

  private UnsupportedOperationException notASumOverFeatures(Exception cause) {
    return new UnsupportedOperationException(
        "reconstruction error per feature needs a loss that is a sum over features, got " + loss,
        cause);
  }
}
