package io.github.dae4j.stacked.table;

/**
 * The constants of table models, in one place; docs/results.md says on which tables they were
 * chosen.
 */
final class TableDefaults {

  /** The probability of a cell to be swapped. */
  static final double SWAP = 0.2;

  static final int UNITS = 256;
  static final int MORE_UNITS = 512;

  /** Rows from which on codes have more units. */
  static final int MANY_ROWS = 2000;

  static final int BATCH = 64;
  static final double RATE = 0.003;
  static final int UPDATES = 3000;
  static final double CONTAMINATION = 0.01;
  static final long SEED = 1;

  /** Units of each of the nets that score. */
  static final int DETECTOR_UNITS = 256;

  /** Rows that are learnt from at most; of more, so many are drawn. */
  static final int MOST_ROWS = 200_000;

  /** Cells of features that are held at most. */
  static final long MOST_CELLS = 1L << 27;

  /** Weights of a network at most: with gradients and Adam's means they take 2 GB. */
  static final long MOST_WEIGHTS = 1L << 27;

  /** Cells of a column that its mean and standard deviation come from at most. */
  static final int MOST_CELLS_FOR_SCALES = 50_000;

  /** Words of a column with a feature of their own. */
  static final int MOST_CATEGORIES = 40;

  /** Cells that a word must have for that, and their share of the column's. */
  static final int LEAST_CELLS = 3;

  static final double LEAST_SHARE = 0.002;

  /** Rare words that a model remembers, to know them from those it has never seen. */
  static final int MOST_RARE = 1 << 15;

  /** Different numbers from which on a label is a number, not a class. */
  static final int MOST_NUMBERED_CLASSES = 20;

  private TableDefaults() {}
}
