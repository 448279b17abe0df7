package io.github.dae4j.ui;

import java.util.ArrayList;
import java.util.List;

/** The scores of a stage as a few hundred means at most, however many there are. */
final class ScoreCurve {

  static final int MOST = 200;

  private final List<Double> means = new ArrayList<>();
  private int iterations = 1; // of each mean
  private int count;
  private double sum;

  /** Adds the score of an iteration; one that is not finite is left out. */
  void add(double score) {
    if (!Double.isFinite(score)) {
      return;
    }
    sum += score;
    count++;
    if (count == iterations) {
      means.add(sum / count);
      sum = 0;
      count = 0;
      if (means.size() == MOST) {
        halve();
      }
    }
  }

  private void halve() {
    for (int i = 0; i < MOST / 2; i++) {
      means.set(i, (means.get(2 * i) + means.get(2 * i + 1)) / 2);
    }
    means.subList(MOST / 2, MOST).clear();
    iterations *= 2;
  }

  /** Means over {@link #iterations} each, from the first to the last. */
  List<Double> means() {
    return List.copyOf(means);
  }

  int iterations() {
    return iterations;
  }
}
