package io.github.dae4j.stacked.table;

import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.MixedColumnsLoss;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A stack trained elsewhere on a table's features. A row's score is the sum of its columns' errors,
 * each divided by the column's usual one; 1 is usual.
 *
 * @param stack that nobody else has
 * @param scores of the rows that the errors are from, ascending
 * @param label null for none
 */
record StackNetworks(
    FeatureLayout layout,
    MixedColumnsLoss loss,
    StackedDenoisingAutoEncoder stack,
    UsualErrors usual,
    double[] scores,
    LabelUnits label)
    implements RowNetworks {

  static final int LEAST_ROWS = 8;

  private static final int BATCH = 1024;
  private static final int ITERATIONS = 3; // as many as of Imputation.DEFAULT
  private static final double LEAST_SUM = 1e-9; // where all is reconstructed without error

  /**
   * Measures the errors of rows.
   *
   * @param rows features, NaN of missing cells
   * @param label null for none; left out if the stack has no output layer
   * @throws IllegalArgumentException if the stack is none of these features, or has errors that are
   *     no numbers
   */
  static StackNetworks fit(
      TableSchema schema, StackedDenoisingAutoEncoder stack, float[][] rows, LabelUnits label) {
    requireFitting(stack, schema, label);
    StackedDenoisingAutoEncoder own = copyOf(stack);
    FeatureLayout layout = FeatureLayout.of(schema.columns());
    float[][] errors = new float[rows.length][];
    for (int from = 0; from < rows.length; from += BATCH) {
      float[][] some = Arrays.copyOfRange(rows, from, Math.min(from + BATCH, rows.length));
      float[][] found = errors(own, layout, some);
      System.arraycopy(found, 0, errors, from, found.length);
    }
    requireFinite(errors);
    UsualErrors trimmed = UsualErrors.of(errors, UsualErrors.usualRows(errors));
    UsualErrors usual = new UsualErrors(trimmed.ofColumns(), Math.max(trimmed.sum(), LEAST_SUM));
    double[] scores =
        Arrays.stream(errors).mapToDouble(row -> usual.sum(row) / usual.sum()).sorted().toArray();
    return new StackNetworks(
        layout, schema.loss(), own, usual, scores, hasOutput(own) ? label : null);
  }

  /** A stack with what was measured of it. */
  static StackNetworks of(
      TableSchema schema,
      StackedDenoisingAutoEncoder stack,
      UsualErrors usual,
      double[] scores,
      LabelUnits label) {
    requireFitting(stack, schema, label);
    return new StackNetworks(
        FeatureLayout.of(schema.columns()), schema.loss(), copyOf(stack), usual, scores, label);
  }

  private static StackedDenoisingAutoEncoder copyOf(StackedDenoisingAutoEncoder stack) {
    PretrainableNetwork copy = stack.network().clone();
    copy.setListeners();
    return StackedDenoisingAutoEncoder.of(copy);
  }

  private static void requireFitting(
      StackedDenoisingAutoEncoder stack, TableSchema schema, LabelUnits label) {
    if (!stack.isMissingAllowed()) {
      throw rule("stack must allow missing cells (StackBuilder.missingAllowed)", false);
    }
    DenoisingAutoEncoder bottom =
        (DenoisingAutoEncoder) stack.network().getLayerWiseConfigurations().getConf(0).getLayer();
    if (bottom.getNIn() != schema.width()) {
      throw rule("stack nIn must be the number of features, " + schema.width(), bottom.getNIn());
    }
    if (!schema.loss().equals(bottom.getReconstructionLoss())) {
      throw rule(
          "stack reconstruction loss must be that of the schema, " + schema.loss(),
          bottom.getReconstructionLoss());
    }
    if (stack.normalization().isPresent()) {
      throw rule(
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

  private static boolean hasOutput(StackedDenoisingAutoEncoder stack) {
    return stack.network().getOutputLayer() instanceof IOutputLayer;
  }

  private static void requireOutputs(
      StackedDenoisingAutoEncoder stack, long outputs, LabelUnits label) {
    IActivation activation =
        ((BaseLayer) stack.network().getOutputLayer().conf().getLayer()).getActivationFn();
    Class<?> wanted = label.isNumber() ? ActivationIdentity.class : ActivationSoftmax.class;
    if (outputs != label.outputs() || activation.getClass() != wanted) {
      throw rule(
          "stack output must be %d %s of label '%s'"
              .formatted(
                  label.outputs(), label.isNumber() ? "identity" : "softmax", label.column()),
          outputs + " " + activation);
    }
  }

  private static IllegalArgumentException rule(String rule, Object got) {
    return new IllegalArgumentException("TableColumns %s, got %s".formatted(rule, got));
  }

  private static void requireFinite(float[][] errors) {
    for (int row = 0; row < errors.length; row++) {
      for (float error : errors[row]) {
        if (!Float.isFinite(error)) {
          throw rule("stack must have finite errors of all rows", error + " of row " + (row + 1));
        }
      }
    }
  }

  /** The errors of the columns of rows; 0 where a cell is missing. */
  private static float[][] errors(
      StackedDenoisingAutoEncoder stack, FeatureLayout layout, float[][] rows) {
    float[][] ofFeatures =
        HostMemory.rows(
            stack.reconstructionErrorPerFeature(Nd4j.createFromArray(rows)).castTo(DataType.FLOAT));
    float[][] errors = new float[rows.length][layout.columns()];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < layout.columns(); column++) {
        for (int i = layout.from()[column]; i < layout.from()[column + 1]; i++) {
          errors[row][column] += ofFeatures[row][i];
        }
      }
    }
    return errors;
  }

  @Override
  public int codeLength() {
    return Math.toIntExact(stack.encode(Nd4j.zeros(DataType.FLOAT, 1, layout.features())).size(1));
  }

  @Override
  public float[] encode(float[] row) {
    return vector(stack.encode(bounded(row)));
  }

  @Override
  public float[] told(float[] row) {
    return vector(stack.predict(bounded(row)));
  }

  /** Where cells are missing the last of the iterations that fill them, of all cells. */
  @Override
  public float[] expected(float[] row) {
    INDArray x = bounded(row);
    for (float value : row) {
      if (Float.isNaN(value)) {
        x = stack.impute(x, ITERATIONS - 1);
        break;
      }
    }
    float[] expected = vector(loss.expected(stack.reconstruct(x)));
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.max(-TableNet.BOUND, Math.min(TableNet.BOUND, expected[i]));
    }
    return expected;
  }

  private static INDArray bounded(float[] row) {
    return Nd4j.createFromArray(new float[][] {TableNet.bounded(row)});
  }

  private static float[] vector(INDArray row) {
    return row.castTo(DataType.FLOAT).toFloatVector();
  }

  @Override
  public boolean hasDetector() {
    return true;
  }

  /** The others are told from neither what training has not seen nor what is beyond all of it. */
  @Override
  public double[] contributions(EncodedRow row) {
    float[] input = TableNet.bounded(row.features());
    for (int column = 0; column < layout.columns(); column++) {
      if (row.cells()[column] != EncodedRow.Cell.KNOWN) {
        Arrays.fill(input, layout.from()[column], layout.from()[column + 1], Float.NaN);
      }
    }
    float[] errors = errors(stack, layout, new float[][] {input})[0];
    double[] parts = new double[errors.length];
    for (int column = 0; column < parts.length; column++) {
      double error =
          switch (row.cells()[column]) {
            case UNSEEN -> RowDetector.UNSEEN_ERROR;
            case BEYOND -> layout.error(column, expected(input), row.bounded(RowDetector.BOUND));
            default -> errors[column];
          };
      parts[column] = error / usual.ofColumns()[column] / usual.sum();
    }
    return parts;
  }

  @Override
  public double threshold(double contamination) {
    return UsualErrors.threshold(scores, contamination);
  }
}
