package io.github.dae4j.stacked.table;

import java.util.Arrays;

/**
 * A row as a model sees it.
 *
 * @param features standardised, NaN of cells that say nothing
 * @param cells what each column's cell is
 */
record EncodedRow(float[] features, Cell[] cells) {

  /** What a cell says to a model. */
  enum Cell {
    KNOWN,
    MISSING,
    /** A word, or something instead of a number, that training has not seen. */
    UNSEEN,
    /** A number far outside of what training has seen. */
    BEYOND
  }

  boolean isKnown(int column) {
    return cells[column] != Cell.MISSING;
  }

  /** The features, NaN of what training has not seen, which says no more than a missing cell. */
  float[] withoutUnseen(FeatureLayout layout) {
    float[] known = features.clone();
    for (int column = 0; column < cells.length; column++) {
      if (cells[column] == Cell.UNSEEN) {
        Arrays.fill(known, layout.from()[column], layout.from()[column + 1], Float.NaN);
      }
    }
    return known;
  }

  /** A copy of the features, within so many standard deviations. */
  float[] bounded(float bound) {
    return FloatRows.bounded(features, bound);
  }
}
