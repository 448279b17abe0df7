package io.github.dae4j.layer;

import io.github.dae4j.corruption.Corruption;
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
    if (!isFinite(target)) {
      throw notFinite(target);
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

  private static boolean isFinite(INDArray target) {
    return HostMemory.holdsRows(target)
        ? FusedKernels.areFinite(target)
        : target.mul(0).sumNumber().doubleValue() == 0; // 0 x NaN and 0 x infinity are NaN
  }

  private DL4JInvalidInputException notFinite(INDArray target) {
    for (int row = 0; row < target.size(0); row++) {
      double[] cells = target.getRow(row).castTo(DataType.DOUBLE).toDoubleVector();
      for (int column = 0; column < cells.length; column++) {
        if (!Double.isFinite(cells[column])) {
          return new DL4JInvalidInputException(
              "DenoisingAutoEncoder input must be finite, got %s in row %d of the minibatch, column"
                      .formatted(cells[column], row)
                  + " %d%s %s"
                      .formatted(
                          column,
                          Double.isNaN(cells[column]) && !conf.isMissingAllowed()
                              ? " (missingAllowed lets NaN stand for a missing cell)"
                              : "",
                          layerId.get()));
        }
      }
    }
    throw new IllegalStateException("no cell of the input is infinite or NaN " + layerId.get());
  }

  void requireColumns(String what, INDArray array, long columns) {
    if (array.rank() == 2 && array.size(1) == columns && array.size(0) > 0) {
      return;
    }
    String message =
        "DenoisingAutoEncoder %s must be [minibatch, %d], got %s %s"
            .formatted(what, columns, Arrays.toString(array.shape()), layerId.get());
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
