package io.github.dae4j.stacked;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The activation of a layer whose code is given, whatever its input is: with it a layer measures
 * how well a code that came down from above reconstructs x.
 */
final class GivenCode extends BaseActivationFunction {

  private static final long serialVersionUID = 1L;

  private final transient INDArray code;

  private GivenCode(INDArray code) {
    this.code = code;
  }

  /** The layer, on the same parameters, with the code [minibatch, nOut] in place of its own. */
  static DenoisingAutoEncoderLayer in(DenoisingAutoEncoderLayer layer, INDArray code) {
    NeuralNetConfiguration conf = layer.conf().clone();
    DenoisingAutoEncoder description = (DenoisingAutoEncoder) conf.getLayer();
    description.setActivationFn(new GivenCode(code));
    return description.instantiate(
        conf, List.of(), layer.getIndex(), layer.params(), false, layer.params().dataType());
  }

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    return code;
  }

  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    throw new UnsupportedOperationException("a given code has no gradient");
  }
}
