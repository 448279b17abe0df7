package io.github.dae4j.layer;

import io.github.dae4j.compute.Activation;
import io.github.dae4j.compute.HostMemory;
import io.github.dae4j.compute.Rows;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * In one pass over the rows for each method: the common activations with the cross-entropy of a
 * sigmoid, FLOAT in the host's memory.
 */
record RowCells(Activation encoder, Rows rows) implements StepCells {

  private static final Map<Class<? extends IActivation>, Activation> KNOWN =
      Map.of(
          ActivationIdentity.class, Activation.IDENTITY,
          ActivationReLU.class, Activation.RELU,
          ActivationSigmoid.class, Activation.SIGMOID,
          ActivationTanH.class, Activation.TANH);

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

  RowCells(DenoisingAutoEncoder conf, Rows rows) {
    this(known(conf.getActivationFn()), rows);
  }

  @Override
  public void encode(StepMemory memory, INDArray b) {
    rows.activate(memory.y(), b, encoder);
  }

  @Override
  public double decode(StepMemory memory, INDArray vb, INDArray target, INDArray sums) {
    return rows.crossEntropy(memory.d(), vb, target, sums);
  }

  @Override
  public void backprop(StepMemory memory, INDArray sums) {
    rows.backprop(memory.y(), memory.da(), encoder, memory.da(), sums);
  }
}
