package io.github.dae4j.stacked.ladder;

import io.github.dae4j.stacked.ladder.Ladder.Combinator;

/**
 * What is computed: levels 0, the input, to L, the classes.
 *
 * @param widths of the levels
 * @param units of level 0, whose are not used, to L - 1; those of level L are a softmax
 * @param noise standard deviation at each level
 * @param weights of the denoising costs of the levels, one of which at least is > 0
 */
record LadderShape(
    int[] widths, Units[] units, double[] noise, double[] weights, Combinator combinator) {

  int top() {
    return widths.length - 1;
  }

  /** The lowest level that is decoded: the lowest that has a cost. */
  int lowest() {
    int level = 0;
    while (weights[level] == 0) {
      level++;
    }
    return level;
  }

  boolean isDecoded(int level) {
    return level >= lowest();
  }

  /**
   * Whether the units of a level from 1 on have a scale: normalization takes it from the others.
   */
  boolean isScaled(int level) {
    return level == top() || units[level].needsScale();
  }
}
