package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.CrossEntropyCells;
import io.github.dae4j.internal.compute.HostMemory;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftPlus;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Binary cross-entropy of a sigmoid, from the pre-activation a: {@code max(a, 0) - a x + log(1 +
 * exp(-|a|))}, with derivative {@code sigmoid(a) - x}.
 *
 * <p>Nothing is clipped and nothing overflows; sums are taken in FLOAT or DOUBLE, never in HALF.
 */
record SigmoidCrossEntropy(INDArray featureWeights) implements ReconstructionLoss {

  /** The type to take sums in: HALF ends at 65504, and at 1024 where ones are added. */
  static DataType sumType(DataType type) {
    return type == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
  }

  /**
   * Checks that x is a probability in every cell.
   *
   * @param layerId where, for the message
   * @throws DL4JInvalidInputException if a cell is outside [0, 1] or NaN
   */
  static void requireTarget(INDArray x, String layerId) {
    double min = x.minNumber().doubleValue();
    double max = x.maxNumber().doubleValue();
    boolean notANumber = Double.isNaN(x.sumNumber().doubleValue()); // min and max pass over it
    if (notANumber || !(min >= 0 && max <= 1)) {
      throw new DL4JInvalidInputException(
          "DenoisingAutoEncoder input must be in [0, 1] for binary cross-entropy, got "
              + (notANumber ? "NaN" : "values from " + min + " to " + max)
              + "; scale it, or use squared error (LossL2) with a linear decoder "
              + layerId);
    }
  }

  @Override
  public double score(INDArray target, INDArray preOutput, INDArray weights) {
    INDArray cells = perFeature(target, preOutput);
    if (weights != null) {
      cells.muli(weights.castTo(cells.dataType()));
    }
    return cells.sumNumber().doubleValue();
  }

  @Override
  public INDArray gradient(INDArray target, INDArray preOutput, INDArray weights) {
    INDArray gradient = Transforms.sigmoid(preOutput, false).subi(target);
    if (featureWeights != null) {
      gradient.muliRowVector(featureWeights.castTo(gradient.dataType()));
    }
    return weights == null ? gradient : gradient.muli(weights);
  }

  @Override
  public INDArray perExample(INDArray target, INDArray preOutput) {
    return isInReach(target, preOutput)
        ? CrossEntropyCells.sums(target, preOutput)
        : perFeature(target, preOutput).sum(1);
  }

  @Override
  public INDArray perFeature(INDArray target, INDArray preOutput) {
    if (isInReach(target, preOutput)) {
      return CrossEntropyCells.of(target, preOutput);
    }
    DataType type = sumType(preOutput.dataType());
    INDArray a = preOutput.castTo(type);
    INDArray cells = Transforms.abs(a, true).negi();
    Nd4j.getExecutioner().exec(new SoftPlus(cells, cells));
    cells.addi(Transforms.relu(a, true));
    cells.subi(a.mul(target.castTo(type)));
    if (featureWeights != null) {
      cells.muliRowVector(featureWeights.castTo(type));
    }
    return cells;
  }

  private boolean isInReach(INDArray target, INDArray preOutput) {
    return featureWeights == null
        && HostMemory.holdsRows(preOutput)
        && HostMemory.holdsRows(target);
  }
}
