package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.Activation;
import io.github.dae4j.internal.compute.HostMemory;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * In one pass over the rows for each method: the common activations with the cross-entropy of a
 * sigmoid, FLOAT in the host's memory. The range of the target is checked on the way.
 */
final class RowCells implements StepCells {

  private static final Map<Class<? extends IActivation>, Activation> KNOWN =
      Map.of(
          ActivationIdentity.class, Activation.IDENTITY,
          ActivationReLU.class, Activation.RELU,
          ActivationSigmoid.class, Activation.SIGMOID,
          ActivationTanH.class, Activation.TANH);

  private final EncoderLayer layer;
  private final ReconstructionLoss loss;
  private final Activation encoder;

  /** Null if the activation is none of those; a ReLU with settings, as a leaky one, is another. */
  static Activation known(IActivation activation) {
    boolean plain =
        !(activation instanceof ActivationReLU) || activation.equals(new ActivationReLU());
    return plain ? KNOWN.get(activation.getClass()) : null;
  }

  static boolean suit(DenoisingAutoEncoder conf, ReconstructionLoss loss, INDArray target) {
    return known(conf.getActivationFn()) != null
        && loss instanceof SigmoidCrossEntropy cross
        && cross.featureWeights() == null
        && HostMemory.holdsRows(target);
  }

  RowCells(EncoderLayer layer, ReconstructionLoss loss) {
    this.layer = layer;
    this.loss = loss;
    encoder = known(layer.layerConf().getActivationFn());
  }

  @Override
  public List<StepRows> blocks(StepMemory memory) {
    return memory.blocks();
  }

  @Override
  public void encode(StepRows rows, INDArray b) {
    rows.passes().activate(rows.y(), b, encoder);
  }

  @Override
  public double decode(StepRows rows, INDArray vb, INDArray target, INDArray sums) {
    double sum = rows.passes().crossEntropy(rows.d(), vb, target, rows.first(), sums);
    if (!rows.passes().sawProbabilities()) {
      InputChecks.requireRange(layer, loss, target);
    }
    return sum;
  }

  @Override
  public void backprop(StepRows rows, INDArray sums) {
    rows.passes().backprop(rows.y(), rows.da(), encoder, rows.da(), sums);
  }
}
