package io.github.dae4j.stacked.table;

import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
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
    MixedColumns columns,
    StackedDenoisingAutoEncoder stack,
    UsualErrors usual,
    double[] scores,
    LabelUnits label)
    implements RowNetworks {

  private static final int BATCH = 1024;
  private static final int ITERATIONS = 3; // as many as of Imputation.DEFAULT
  private static final double LEAST_SUM = 1e-9; // where all is reconstructed without error

  /**
   * Measures the errors of rows.
   *
   * @param rows features within bounds, NaN of missing cells
   * @param label null for none; left out if the stack has no output layer
   * @throws IllegalArgumentException if the stack is none of these features, or has errors that are
   *     no numbers
   */
  static StackNetworks fit(
      TableSchema schema, StackedDenoisingAutoEncoder stack, float[][] rows, LabelUnits label) {
    StackRules.require(stack, schema, label);
    StackedDenoisingAutoEncoder own = stack.copy();
    MixedColumns columns = MixedColumns.of(schema);
    float[][] errors = new float[rows.length][];
    for (int from = 0; from < rows.length; from += BATCH) {
      float[][] some = Arrays.copyOfRange(rows, from, Math.min(from + BATCH, rows.length));
      float[][] z = HostMemory.rows(own.reconstruct(Nd4j.createFromArray(some)));
      for (int row = 0; row < some.length; row++) {
        errors[from + row] = columns.errors(z[row], some[row]);
      }
    }
    StackRules.requireFinite(errors);
    withoutMissing(errors, rows, schema);
    UsualErrors trimmed = UsualErrors.of(errors, UsualErrors.usualRows(errors));
    UsualErrors usual = new UsualErrors(trimmed.ofColumns(), Math.max(trimmed.sum(), LEAST_SUM));
    double[] scores =
        Arrays.stream(errors).mapToDouble(row -> usual.sum(row) / usual.sum()).sorted().toArray();
    LabelUnits told = StackRules.hasOutput(own) ? label : null;
    return new StackNetworks(columns, own, usual, scores, told);
  }

  /** The errors of missing cells become NaN; each column must be known in one of the rows. */
  private static void withoutMissing(float[][] errors, float[][] rows, TableSchema schema) {
    FeatureLayout layout = FeatureLayout.of(schema.columns());
    for (int column = 0; column < layout.columns(); column++) {
      boolean isKnown = false;
      for (int row = 0; row < rows.length; row++) {
        boolean isMissing = Float.isNaN(rows[row][layout.from()[column]]);
        errors[row][column] = isMissing ? Float.NaN : errors[row][column];
        isKnown |= !isMissing;
      }
      if (!isKnown) {
        throw new IllegalArgumentException(
            "TableColumns rows must have a value for column '%s', got none in %d rows"
                .formatted(schema.columns().get(column).name(), rows.length));
      }
    }
  }

  /** A stack, no copy, with what was measured of it. */
  static StackNetworks of(
      TableSchema schema,
      StackedDenoisingAutoEncoder stack,
      UsualErrors usual,
      double[] scores,
      LabelUnits label) {
    StackRules.require(stack, schema, label);
    LabelUnits told = StackRules.hasOutput(stack) ? label : null;
    return new StackNetworks(MixedColumns.of(schema), stack, usual, scores, told);
  }

  @Override
  public int codeLength() {
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, 1, columns.layout().features());
    return Math.toIntExact(stack.encode(zeros).size(1));
  }

  @Override
  public float[] encode(float[] row) {
    return cells(stack.encode(array(TableNet.bounded(row))));
  }

  @Override
  public float[] told(float[] row) {
    return cells(stack.predict(array(TableNet.bounded(row))));
  }

  /** Missing cells are filled by iterations, as the stack's own {@code impute} does. */
  @Override
  public float[] expected(float[] row) {
    float[] known = TableNet.bounded(row);
    float[] expected = columns.expected(reconstructed(known));
    for (int iteration = 1; iteration < ITERATIONS; iteration++) {
      float[] filled = known.clone();
      boolean isWhole = true;
      for (int i = 0; i < filled.length; i++) {
        if (Float.isNaN(filled[i])) {
          filled[i] = expected[i];
          isWhole = false;
        }
      }
      if (isWhole) {
        return expected;
      }
      expected = columns.expected(reconstructed(filled));
    }
    return expected;
  }

  /** The pre-outputs of a row. */
  private float[] reconstructed(float[] row) {
    return cells(stack.reconstruct(array(row)));
  }

  private static INDArray array(float[] row) {
    return HostMemory.of(row, 1, row.length);
  }

  private static float[] cells(INDArray row) {
    return HostMemory.rows(row)[0];
  }

  @Override
  public boolean hasDetector() {
    return true;
  }

  /** The others are told from neither what training has not seen nor what is beyond all of it. */
  @Override
  public double[] contributions(EncodedRow row) {
    FeatureLayout layout = columns.layout();
    float[] known = TableNet.bounded(row.features());
    for (int column = 0; column < layout.columns(); column++) {
      if (row.cells()[column] != EncodedRow.Cell.KNOWN) {
        Arrays.fill(known, layout.from()[column], layout.from()[column + 1], Float.NaN);
      }
    }
    float[] z = reconstructed(known);
    float[] errors = columns.errors(z, known);
    for (int column = 0; column < errors.length; column++) {
      errors[column] =
          switch (row.cells()[column]) {
            case UNSEEN -> RowDetector.UNSEEN_ERROR;
            case BEYOND -> columns.error(column, z, row.bounded(RowDetector.BOUND));
            default -> errors[column];
          };
    }
    double[] parts = new double[errors.length];
    usual.add(parts, errors, 1);
    return parts;
  }

  @Override
  public double threshold(double contamination) {
    return UsualErrors.threshold(scores, contamination);
  }
}
