package io.github.dae4j.stacked.internal;

import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** DL4J's activations, at use, as nodes of an ONNX graph. */
public record OnnxActivations(OnnxGraph graph) {

  /** Those that are one operator without attributes. */
  private static final Map<Class<? extends IActivation>, String> OPERATORS =
      Map.of(
          ActivationSigmoid.class, "Sigmoid",
          ActivationTanH.class, "Tanh",
          ActivationSoftPlus.class, "Softplus",
          ActivationSoftSign.class, "Softsign",
          ActivationSELU.class, "Selu",
          ActivationHardSigmoid.class, "HardSigmoid");

  /**
   * The values after an activation.
   *
   * @param place for the message
   * @throws UnsupportedOperationException naming place and activation if ONNX has no such function
   */
  public String apply(IActivation activation, String z, String place) {
    String operator = OPERATORS.get(activation.getClass());
    String value = operator != null ? graph.node(operator, z) : composed(activation, z);
    if (value == null) {
      throw new UnsupportedOperationException(
          "the ONNX export does not know the activation %s of %s"
              .formatted(activation.getClass().getName(), place));
    }
    return value;
  }

  private String composed(IActivation activation, String z) {
    if (activation instanceof ActivationIdentity) {
      return z;
    }
    if (activation instanceof ActivationSoftmax) {
      return graph.node("Softmax", Map.of("axis", 1), z);
    }
    if (activation instanceof ActivationCube) {
      return product(product(z, z), z);
    }
    if (activation instanceof ActivationSwish) {
      return product(z, graph.node("Sigmoid", z));
    }
    if (activation instanceof ActivationMish) {
      return product(z, graph.node("Tanh", graph.node("Softplus", z)));
    }
    if (activation instanceof ActivationGELU gelu) {
      return gelu.isPrecise() ? preciseGelu(z) : product(z, graph.node("Sigmoid", times(z, 1.702)));
    }
    if (activation instanceof ActivationHardTanH) {
      return graph.clipped(z, -1, 1);
    }
    return activation instanceof ActivationRationalTanh
        ? rationalTanh(z)
        : rectified(activation, z);
  }

  /** Null if it is none of those. */
  private String rectified(IActivation activation, String z) {
    if (activation instanceof ActivationReLU relu) {
      String rectified = rectified(relu, z);
      return relu.getMax() == null ? rectified : minimum(rectified, relu.getMax());
    }
    if (activation instanceof ActivationReLU6) {
      return graph.clipped(z, 0, 6);
    }
    if (activation instanceof ActivationLReLU leaky) {
      return leaky(z, leaky.getAlpha());
    }
    if (activation instanceof ActivationRReLU random) { // what DL4J makes of it at use
      return graph.node("Max", z, graph.number((random.getL() + random.getU()) / 2));
    }
    if (activation instanceof ActivationELU elu) {
      return graph.node("Elu", Map.of("alpha", elu.getAlpha()), z);
    }
    if (activation instanceof ActivationRectifiedTanh) {
      return graph.node("Relu", graph.node("Tanh", z));
    }
    return activation instanceof ActivationThresholdedReLU thresholded
        ? graph.node("ThresholdedRelu", Map.of("alpha", thresholded.getTheta()), z)
        : null;
  }

  private String rectified(ActivationReLU relu, String z) {
    double threshold = relu.getThreshold() == null ? 0 : relu.getThreshold();
    double slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope();
    if (threshold == 0) {
      return slope == 0 ? graph.node("Relu", z) : leaky(z, slope);
    }
    String limit = graph.number(threshold);
    String below = times(graph.node("Sub", z, limit), slope);
    return graph.node("Where", graph.node("Less", z, limit), below, z);
  }

  private String leaky(String z, double slope) {
    return graph.node("LeakyRelu", Map.of("alpha", slope), z);
  }

  /** z/2 (1 + tanh(sqrt(2 / pi) (z + (0.044715 z)^3))): with ND4J's cube, not 0.044715 z^3. */
  private String preciseGelu(String z) {
    String part = times(z, 0.044715);
    String cube = product(product(part, part), part);
    String tanh = graph.node("Tanh", times(graph.node("Add", z, cube), Math.sqrt(2 / Math.PI)));
    return product(times(z, 0.5), graph.node("Add", tanh, graph.number(1)));
  }

  /** 1.7159 sign(a) (1 - 1 / (1 + |a| + a^2 + 1.41645 a^4)) with a = 2z/3. */
  private String rationalTanh(String z) {
    String a = times(z, 2.0 / 3);
    String square = product(a, a);
    String sum =
        graph.node(
            "Sum",
            graph.number(1),
            graph.node("Abs", a),
            square,
            times(product(square, square), 1.41645));
    String share = graph.node("Sub", graph.number(1), graph.node("Reciprocal", sum));
    return times(product(graph.node("Sign", a), share), 1.7159);
  }

  private String product(String a, String b) {
    return graph.node("Mul", a, b);
  }

  private String times(String a, double factor) {
    return product(a, graph.number(factor));
  }

  private String minimum(String a, double most) {
    return graph.node("Min", a, graph.number(most));
  }
}
