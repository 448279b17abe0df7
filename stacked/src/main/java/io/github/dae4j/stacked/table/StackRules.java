package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What must be true of a stack that is to be a table model. */
final class StackRules {

  private StackRules() {}

  /**
   * @param label null for none
   * @throws IllegalArgumentException naming the rule and what the stack has
   */
  static void require(StackedDenoisingAutoEncoder stack, TableSchema schema, LabelUnits label) {
    if (!stack.isMissingAllowed()) {
      throw broken("stack must allow missing cells (StackBuilder.missingAllowed)", false);
    }
    DenoisingAutoEncoder bottom =
        (DenoisingAutoEncoder) stack.network().getLayerWiseConfigurations().getConf(0).getLayer();
    if (bottom.getNIn() != schema.width()) {
      throw broken("stack nIn must be the number of features, " + schema.width(), bottom.getNIn());
    }
    if (!schema.loss().equals(bottom.getReconstructionLoss())) {
      throw broken(
          "stack reconstruction loss must be that of the schema, " + schema.loss(),
          bottom.getReconstructionLoss());
    }
    if (stack.normalization().isPresent()) {
      throw broken(
          "stack must have no normalization, for features have units already",
          stack.normalization().get().getClass().getSimpleName());
    }
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, 1, schema.width());
    try {
      stack.reconstruct(zeros);
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException("TableColumns stack: " + e.getMessage(), e);
    }
    if (label != null && hasOutput(stack)) {
      requireOutputs(stack, stack.predict(zeros).size(1), label);
    }
  }

  static boolean hasOutput(StackedDenoisingAutoEncoder stack) {
    return stack.network().getOutputLayer() instanceof IOutputLayer;
  }

  private static void requireOutputs(
      StackedDenoisingAutoEncoder stack, long outputs, LabelUnits label) {
    IActivation activation =
        ((BaseLayer) stack.network().getOutputLayer().conf().getLayer()).getActivationFn();
    Class<?> wanted = label.isNumber() ? ActivationIdentity.class : ActivationSoftmax.class;
    if (outputs != label.outputs() || activation.getClass() != wanted) {
      throw broken(
          "stack output must be %d %s of label '%s'"
              .formatted(
                  label.outputs(), label.isNumber() ? "identity" : "softmax", label.column()),
          outputs + " " + activation);
    }
  }

  static void requireFinite(float[][] errors) {
    for (int row = 0; row < errors.length; row++) {
      for (float error : errors[row]) {
        if (!Float.isFinite(error)) {
          throw broken("stack must have finite errors of all rows", error + " of row " + (row + 1));
        }
      }
    }
  }

  private static IllegalArgumentException broken(String rule, Object got) {
    return new IllegalArgumentException("TableColumns %s, got %s".formatted(rule, got));
  }
}
