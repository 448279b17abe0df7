package io.github.dae4j.stacked;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.UniformDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The way down from a top code as in a sigmoid belief network (Vincent et al. 2010, section 7):
 * what a decoder gives are the probabilities of the units below it, which are drawn as 0 or 1
 * before the next decoder; of the visible units the probabilities are kept.
 *
 * @param decoders from the bottom to the top
 */
record TopDownSampling(List<DenoisingAutoEncoderLayer> decoders, Random random) {

  TopDownSampling {
    Objects.requireNonNull(random, "StackedDenoisingAutoEncoder random must not be null");
    for (int i = 1; i < decoders.size(); i++) {
      DenoisingAutoEncoder above = conf(decoders.get(i));
      requireSigmoid("encoder", decoders.get(i - 1), conf(decoders.get(i - 1)).getActivationFn());
      requireSigmoid("decoder", decoders.get(i), above.getDecoderActivation());
    }
  }

  /** Top code [minibatch, nOut] -> visible units [minibatch, nIn]. */
  INDArray down(INDArray topCode) {
    INDArray code = topCode;
    for (int i = decoders.size() - 1; i > 0; i--) {
      code = drawn(decoders.get(i).decode(code));
    }
    return decoders.get(0).decode(code);
  }

  private INDArray drawn(INDArray probabilities) {
    DataType type = probabilities.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
    INDArray uniform = Nd4j.createUninitialized(type, probabilities.shape(), 'c');
    Nd4j.getExecutioner().exec(new UniformDistribution(uniform, 0, 1), random);
    return uniform.lt(probabilities.castTo(type)).castTo(probabilities.dataType());
  }

  private static DenoisingAutoEncoder conf(DenoisingAutoEncoderLayer layer) {
    return (DenoisingAutoEncoder) layer.conf().getLayer();
  }

  private static void requireSigmoid(
      String side, DenoisingAutoEncoderLayer layer, IActivation activation) {
    if (!(activation instanceof ActivationSigmoid)) {
      throw new UnsupportedOperationException(
          "sample draws codes of 0 and 1, so the %s of layer %d must be a sigmoid, got %s"
              .formatted(side, layer.getIndex(), activation));
    }
  }
}
