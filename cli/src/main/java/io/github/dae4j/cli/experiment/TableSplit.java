package io.github.dae4j.cli.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which rows of a table are for what: two fifths of those with a label for the test, one fifth for
 * validation, and the others, with and without a label, for training.
 *
 * @param labelled for training, of which the first so many have their labels known
 * @param unlabelled for training, rows that have no label at all
 */
public record TableSplit(
    List<Integer> labelled,
    List<Integer> unlabelled,
    List<Integer> validation,
    List<Integer> test) {

  /**
   * Splits at random.
   *
   * @param hasLabel whether a row, by its number, has one
   * @param testSeed of the rows for the test, so that repeats can share them
   * @param seed of the other rows
   */
  public static TableSplit of(int rows, Predicate<Integer> hasLabel, long testSeed, long seed) {
    List<Integer> order = IntStream.range(0, rows).boxed().toList();
    List<Integer> known = shuffled(order.stream().filter(hasLabel).toList(), testSeed);
    int test = known.size() * 2 / 5;
    int validation = known.size() / 5;
    List<Integer> others = shuffled(known.subList(test, known.size()), seed);
    return new TableSplit(
        others.subList(validation, others.size()),
        order.stream().filter(hasLabel.negate()).toList(),
        others.subList(0, validation),
        known.subList(0, test));
  }

  private static List<Integer> shuffled(List<Integer> rows, long seed) {
    List<Integer> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  /** How many rows can have a label in training, of so many that have one. */
  public static int mostLabels(int known) {
    return known - known * 2 / 5 - known / 5;
  }

  /** All rows for training. */
  public List<Integer> training() {
    return Stream.of(labelled, unlabelled).flatMap(List::stream).toList();
  }
}
