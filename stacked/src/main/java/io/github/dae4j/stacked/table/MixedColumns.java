package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnBlock;

/**
 * What {@link TableSchema#loss} says of one row at a time: what its pre-outputs expect, and the
 * errors of columns.
 */
record MixedColumns(FeatureLayout layout, ColumnBlock.Kind[] kinds) {

  static MixedColumns of(TableSchema schema) {
    return new MixedColumns(
        FeatureLayout.of(schema.columns()),
        schema.columns().stream().map(Column::kind).toArray(ColumnBlock.Kind[]::new));
  }

  /** Pre-outputs become what they expect: numbers within bounds, and probabilities. */
  float[] expected(float[] z) {
    layout.expected(z, Float.MAX_VALUE);
    for (int column = 0; column < kinds.length; column++) {
      for (int i = layout.from()[column]; i < layout.from()[column + 1]; i++) {
        if (kinds[column] == ColumnBlock.Kind.BINARY) {
          z[i] = (float) (1 / (1 + Math.exp(-z[i])));
        }
        z[i] = Math.max(-TableNet.BOUND, Math.min(TableNet.BOUND, z[i]));
      }
    }
    return z;
  }

  /** The error of each column, 0 where the row has NaN. */
  float[] errors(float[] z, float[] row) {
    float[] errors = new float[kinds.length];
    for (int column = 0; column < errors.length; column++) {
      errors[column] = Float.isNaN(row[layout.from()[column]]) ? 0 : error(column, z, row);
    }
    return errors;
  }

  /** Squared of numbers, otherwise in nats. */
  float error(int column, float[] z, float[] row) {
    int from = layout.from()[column];
    int to = layout.from()[column + 1];
    if (kinds[column] == ColumnBlock.Kind.CATEGORICAL) {
      return categorical(z, row, from, to);
    }
    double error = 0;
    for (int i = from; i < to; i++) {
      error +=
          kinds[column] == ColumnBlock.Kind.NUMERIC
              ? (z[i] - row[i]) * (z[i] - row[i])
              : Math.max(z[i], 0) - z[i] * row[i] + Math.log1p(Math.exp(-Math.abs(z[i])));
    }
    return (float) error;
  }

  private static float categorical(float[] z, float[] row, int from, int to) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      most = Math.max(most, z[i]);
    }
    double exponentials = 0;
    double below = 0;
    double weight = 0;
    for (int i = from; i < to; i++) {
      exponentials += Math.exp(z[i] - most);
      below += row[i] * (most - z[i]);
      weight += row[i];
    }
    return (float) (below + weight * Math.log(exponentials));
  }
}
