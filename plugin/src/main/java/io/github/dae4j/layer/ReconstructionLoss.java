package io.github.dae4j.layer;

import java.io.Serializable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * The reconstruction loss L(x, z) seen from the decoder's pre-activation.
 *
 * <p>In all methods {@code target} x and {@code preOutput} are [minibatch, nIn], and {@code
 * weights} is null or the weight of each cell, in the same shape.
 */
interface ReconstructionLoss extends Serializable {

  /** The loss summed over the cells of the minibatch. */
  double score(INDArray target, INDArray preOutput, INDArray weights);

  /** dL/dPreOutput [minibatch, nIn]; may overwrite {@code preOutput}. */
  INDArray gradient(INDArray target, INDArray preOutput, INDArray weights);

  /** The loss of each example [minibatch]. */
  INDArray perExample(INDArray target, INDArray preOutput);

  /** The loss of each cell [minibatch, nIn]; its rows sum to {@link #perExample}. */
  INDArray perFeature(INDArray target, INDArray preOutput);

  static ReconstructionLoss of(ILossFunction loss, IActivation decoderActivation) {
    if (loss.getClass() == LossBinaryXENT.class
        && decoderActivation.getClass() == ActivationSigmoid.class) {
      return new SigmoidCrossEntropy(((LossBinaryXENT) loss).getWeights());
    }
    return loss instanceof MixedColumnsLoss mixed
        ? mixed.blockwise()
        : new WrappedLoss(loss, decoderActivation);
  }
}
