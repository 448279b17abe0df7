package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;

/**
 * What a table model makes of the features of a row, NaN of missing cells: networks of its own, or
 * a stack. Nothing changes them, so that any number of threads may use them.
 */
sealed interface RowNetworks permits FittedNetworks, StackNetworks {

  /** The network that is kept in the file, which nobody else has. */
  StackedDenoisingAutoEncoder stack();

  /** The number of units of a code. */
  int codeLength();

  /** The code of a row. */
  float[] encode(float[] row);

  /** What is expected of every feature of a row: numbers within bounds, and probabilities. */
  float[] expected(float[] row);

  /** Whether there are contributions and a threshold. */
  boolean hasDetector();

  /** What each column adds to the score of a row [columns]; they sum to 1 in a usual row. */
  double[] contributions(EncodedRow row);

  /** The score that a share of the rows lies above. */
  double threshold(double contamination);

  /** The label that {@link #told} tells; null if there is none. */
  LabelUnits label();

  /** Probabilities of the label's classes, or one standardised number. */
  float[] told(float[] row);
}
