package io.github.dae4j.stacked.table;

/**
 * What is to be expected of a row's cells given the others: by a denoising net, the nearest rows
 * and the normal distribution of the features, whose weights are found on cells that were hidden.
 *
 * @param normal null where there are too many features for it
 * @param mean of each feature, for words their shares
 * @param near null where the filling has no use for it
 * @param filling null until {@link TableNetFitting} has found it
 */
record TableNet(
    FeatureLayout layout,
    DenoisingNet net,
    GaussianFill normal,
    float[] mean,
    NearestRows near,
    Filling filling) {

  static final float BOUND = 6; // of standardised numbers

  static float[] bounded(float[] row) {
    return FloatRows.bounded(row, BOUND);
  }

  /** A bounded row with every hole filled by the normal distribution. */
  float[] filled(float[] unbounded) {
    float[] row = bounded(unbounded);
    if (normal != null) {
      return normal.fill(row, layout);
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = Float.isNaN(row[i]) ? mean[i] : row[i];
    }
    return row;
  }

  /** The code of a row [hidden]; NaN is filled. */
  float[] encode(float[] row) {
    return net.encode(filled(row), net.scratch()).clone();
  }

  /** What is expected of every feature of a row: numbers, and probabilities of words. */
  float[] expected(float[] unbounded) {
    float[] row = bounded(unbounded);
    float[][] expected = expectations(row, filling.nearest());
    filling.fill(row, layout, expected);
    return expected[0];
  }

  /**
   * Those of a bounded row that are blended, in the order of {@link Filling}: the net's is a new
   * array.
   */
  float[][] expectations(float[] row, int[] nearest) {
    float[] normally = filled(row);
    float[][] expected = new float[nearest.length + Filling.OTHERS][];
    expected[0] = byNet(row, normally);
    float[][] nearby =
        near == null || !FloatRows.hasHoles(row) ? null : near.fill(row, mean, nearest);
    for (int i = 0; i < nearest.length; i++) {
      expected[1 + i] = nearby == null ? normally : nearby[i];
    }
    expected[1 + nearest.length] = normally;
    expected[2 + nearest.length] = mean;
    return expected;
  }

  /** The net's own expectation. */
  private float[] byNet(float[] row, float[] normally) {
    float[] in = row.clone();
    for (int column = 0; column < layout.columns(); column++) {
      int from = layout.from()[column];
      for (int i = from; i < layout.from()[column + 1]; i++) {
        if (Float.isNaN(in[i])) {
          in[i] = layout.words()[column] ? mean[i] : normally[i];
        }
      }
    }
    float[] out = net.output(in, net.scratch()).clone();
    layout.expected(out, BOUND);
    return out;
  }
}
