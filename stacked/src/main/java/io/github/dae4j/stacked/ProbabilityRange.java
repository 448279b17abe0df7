package io.github.dae4j.stacked;

import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of input outside of [0, 1] where the bottom layer learnt probabilities by
 * cross-entropy: training refuses it; in use it is said once and, in errors, scored.
 *
 * @param layer the bottom denoising autoencoder, null where layer 0 is something else
 */
record ProbabilityRange(DenoisingAutoEncoder layer, AtomicBoolean said) {

  /** The cross-entropy that a unit beyond the range adds: that of a unit sure within FLOAT. */
  static final double ERROR_BEYOND = 16;

  private static final Logger LOG = LoggerFactory.getLogger(StackedDenoisingAutoEncoder.class);

  static ProbabilityRange of(MultiLayerNetwork network) {
    Layer bottom = network.getLayer(0).conf().getLayer();
    return new ProbabilityRange(
        bottom instanceof DenoisingAutoEncoder denoising ? denoising : null, new AtomicBoolean());
  }

  private boolean holds() {
    return layer != null
        && layer.isInputRangeChecked()
        && layer.getReconstructionLoss() instanceof LossBinaryXENT;
  }

  /** The input itself, after a warning if it is the first outside of the range. */
  INDArray watched(INDArray input) {
    if (holds() && !said.get() && isOutside(input) && said.compareAndSet(false, true)) {
      warn(input);
    }
    return input;
  }

  private static boolean isOutside(INDArray input) {
    if (HostMemory.holdsRows(input) && FusedKernels.areProbabilities(input)) {
      return false;
    }
    return input.lt(0).any() || input.gt(1).any(); // NaN is neither
  }

  private static void warn(INDArray whole) {
    INDArray input = whole.reshape(whole.size(0), whole.length() / whole.size(0));
    for (long row = 0; row < input.size(0); row++) {
      for (long column = 0; column < input.size(1); column++) {
        double value = input.getDouble(row, column);
        if (value < 0 || value > 1) {
          LOG.warn(
              "input should be in [0, 1], as in training by cross-entropy, got {} in row {}, column"
                  + " {} of a minibatch; further ones are not reported"
                  + " (StackBuilder.inputRangeChecked(false) turns this off)",
              value,
              row,
              column);
          return;
        }
      }
    }
  }

  /** The input with values outside moved to the nearer end: itself if there are none. */
  INDArray within(INDArray input) {
    if (!holds() || !isOutside(input)) {
      return input;
    }
    INDArray within = input.dup();
    BooleanIndexing.replaceWhere(within, 0, Conditions.lessThan(0));
    BooleanIndexing.replaceWhere(within, 1, Conditions.greaterThan(1));
    return within;
  }

  /** What the distance from the range adds to the error of each cell, 0 where x is missing. */
  INDArray errorBeyond(INDArray input, INDArray within) {
    INDArray beyond = input.sub(within);
    BooleanIndexing.replaceWhere(beyond, 0, Conditions.isNan());
    INDArray negative = beyond.lt(0).castTo(beyond.dataType());
    return beyond.muli(negative.muli(-2).addi(1)).muli(ERROR_BEYOND);
  }
}
