package io.github.dae4j.layer;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.HostMemory;
import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What must be true of arrays that reach a layer. */
final class InputChecks {

  private InputChecks() {}

  /** x in the layer's type, with its width and, under cross-entropy, its range checked. */
  static INDArray target(EncoderLayer layer, ReconstructionLoss loss, INDArray x) {
    INDArray target = typed(layer, x);
    requireRange(layer, loss, target);
    return target;
  }

  /** The same before its range is checked. */
  static INDArray typed(EncoderLayer layer, INDArray x) {
    requireColumns(layer, "input", x, layer.layerConf().getNIn());
    return x.castTo(layer.dataType());
  }

  /** Where the loss takes probabilities and the layer is not told to leave the range alone. */
  static void requireRange(EncoderLayer layer, ReconstructionLoss loss, INDArray target) {
    DenoisingAutoEncoder conf = layer.layerConf();
    if (conf.isInputRangeChecked() && conf.isCrossEntropy() && !isQuicklySeenInRange(target)) {
      SigmoidCrossEntropy.requireTarget(target, layer.id());
    }
    if (conf.isInputRangeChecked() && loss instanceof BlockwiseLoss blockwise) {
      blockwise.requireTarget(target, layer.id());
    }
  }

  private static boolean isQuicklySeenInRange(INDArray target) {
    return HostMemory.holdsRows(target) && FusedKernels.areProbabilities(target);
  }

  static void requireColumns(EncoderLayer layer, String what, INDArray array, long columns) {
    if (array.rank() == 2 && array.size(1) == columns && array.size(0) > 0) {
      return;
    }
    String message =
        "DenoisingAutoEncoder %s must be [minibatch, %d], got %s %s"
            .formatted(what, columns, Arrays.toString(array.shape()), layer.id());
    throw new DL4JInvalidInputException(
        layer.isPretraining() && layer.getIndex() > 0
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
