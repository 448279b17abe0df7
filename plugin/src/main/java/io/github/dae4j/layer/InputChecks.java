package io.github.dae4j.layer;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.internal.compute.FiniteCells;
import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.HostMemory;
import java.util.Arrays;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What must be true of arrays that reach a layer.
 *
 * @param layerId layer, index and class, for messages
 * @param isFedByOthers whether another layer's output is what pretraining should hand to it
 */
record InputChecks(
    DenoisingAutoEncoder conf,
    ReconstructionLoss loss,
    DataType type,
    Supplier<String> layerId,
    boolean isFedByOthers) {

  /** x in the layer's type, with its width and, where the loss has one, its range checked. */
  INDArray target(INDArray x) {
    INDArray target = typed(x);
    requireRange(target);
    return target;
  }

  /** The same before its range is checked. */
  INDArray typed(INDArray x) {
    requireColumns("input", x, conf.getNIn());
    return x.castTo(type);
  }

  /**
   * For training: in the range that the loss takes, and finite; missing cells have been taken out.
   */
  void requireValues(INDArray target) {
    requireRange(target);
    int cell = FiniteCells.first(target, false);
    if (cell >= 0) {
      throw notFinite(target, cell / target.size(1), cell % target.size(1));
    }
  }

  /** Unless the layer is told to leave the range alone. */
  private void requireRange(INDArray target) {
    if (conf.isInputRangeChecked() && conf.isCrossEntropy() && !isQuicklySeenInRange(target)) {
      SigmoidCrossEntropy.requireTarget(target, layerId.get());
    }
    if (conf.isInputRangeChecked() && loss instanceof BlockwiseLoss blockwise) {
      blockwise.requireTarget(target, layerId.get());
    }
  }

  private static boolean isQuicklySeenInRange(INDArray target) {
    return HostMemory.holdsRows(target) && FusedKernels.areProbabilities(target);
  }

  private DL4JInvalidInputException notFinite(INDArray target, long row, long column) {
    double value = target.getDouble(row, column);
    return new DL4JInvalidInputException(
        "DenoisingAutoEncoder input must be finite, got %s in row %d of the minibatch, column %d%s %s"
            .formatted(
                value,
                row,
                column,
                Double.isNaN(value) && !conf.isMissingAllowed()
                    ? " (missingAllowed lets NaN stand for a missing cell)"
                    : "",
                layerId.get()));
  }

  void requireColumns(String what, INDArray array, long columns) {
    if (array.rank() == 2 && array.size(1) == columns && array.size(0) > 0) {
      return;
    }
    String message =
        "DenoisingAutoEncoder %s must be [minibatch, %d], got %s %s"
            .formatted(what, columns, Arrays.toString(array.shape()), layerId.get());
    if (array.rank() == 3) { // what TimeDistributed hands over
      message += "; pretrain the layer alone, on the steps as rows";
    }
    throw new DL4JInvalidInputException(
        isFedByOthers
            ? message
                + "; a plain MultiLayerNetwork of DL4J 1.0.0-M2.1 hands its own input to every"
                + " layer in pretraining (it passes layerIndex - 1 where layerIdx - 1 was meant),"
                + " io.github.dae4j.stacked.PretrainableNetwork does not"
            : message);
  }

  static void requireSame(INDArray corrupted, INDArray target, Corruption corruption) {
    if (!corrupted.equalShapes(target) || corrupted.dataType() != target.dataType()) {
      throw new IllegalStateException(
          "%s must keep shape and type of its input, %s %s, got %s %s"
              .formatted(
                  corruption,
                  target.dataType(),
                  Arrays.toString(target.shape()),
                  corrupted.dataType(),
                  Arrays.toString(corrupted.shape())));
    }
  }
}
