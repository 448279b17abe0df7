package io.github.dae4j.corruption;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonValue;

/**
 * Columns that are corrupted together, such as those of a one-hot block.
 *
 * @param numbers the group of each column, counted from 0 without gaps; empty if each column is on
 *     its own
 */
public record ColumnGroups(List<Integer> numbers) implements Serializable {

  private static final ColumnGroups NONE = new ColumnGroups(List.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ColumnGroups {
    numbers = List.copyOf(numbers);
    if (!new HashSet<>(numbers).containsAll(range(maximum(numbers) + 1))
        || numbers.stream().anyMatch(number -> number < 0)) {
      throw new IllegalArgumentException(
          "ColumnGroups numbers must count from 0 without gaps, got " + numbers);
    }
  }

  @Override
  @JsonValue
  public List<Integer> numbers() {
    return numbers;
  }

  /** Each column on its own. */
  public static ColumnGroups none() {
    return NONE;
  }

  /** Neighbouring columns: widths 1, 3 and 2 are the groups 0, 1 1 1 and 2 2. */
  public static ColumnGroups ofWidths(int... widths) {
    for (int width : widths) {
      if (width < 1) {
        throw new IllegalArgumentException("ColumnGroups width must be at least 1, got " + width);
      }
    }
    return new ColumnGroups(
        IntStream.range(0, widths.length)
            .flatMap(group -> IntStream.generate(() -> group).limit(widths[group]))
            .boxed()
            .toList());
  }

  long count(long features) {
    return numbers.isEmpty() ? features : maximum(numbers) + 1;
  }

  /** From a value for each group [minibatch, groups] to one for each column. */
  INDArray spread(INDArray ofGroups) {
    if (numbers.isEmpty()) {
      return ofGroups;
    }
    return Nd4j.pullRows(ofGroups, 0, ofColumns(numbers.size()));
  }

  /** The group of each column. */
  int[] ofColumns(int features) {
    int[] groups = new int[features];
    for (int column = 0; column < features; column++) {
      groups[column] = numbers.isEmpty() ? column : numbers.get(column);
    }
    return groups;
  }

  void validateFor(Class<?> owner, long features) {
    if (!numbers.isEmpty()) {
      Requirements.requireFeatures(owner, "grouped columns", numbers.size(), features);
    }
  }

  private static int maximum(List<Integer> numbers) {
    int maximum = -1;
    for (int number : numbers) {
      maximum = Math.max(maximum, number);
    }
    return maximum;
  }

  private static List<Integer> range(int end) {
    return IntStream.range(0, end).boxed().toList();
  }
}
