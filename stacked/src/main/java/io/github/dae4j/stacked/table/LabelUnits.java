package io.github.dae4j.stacked.table;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What a label's cells say: one of some classes, or a number.
 *
 * @param column the name of the label
 * @param classes in the order of a network's outputs, which is that of their names, of numbers by
 *     size; empty if the label is a number
 * @param mean of the numbers
 * @param standardDeviation of the numbers
 * @param decimals of the numbers
 */
record LabelUnits(
    @JsonProperty(required = true) String column,
    @JsonProperty(required = true) List<String> classes,
    @JsonProperty(required = true) double mean,
    @JsonProperty(required = true) double standardDeviation,
    @JsonProperty(required = true) int decimals) {

  private static final double BOUND = 10; // of targets: a wild label is no more than that

  LabelUnits {
    Objects.requireNonNull(column, "column");
    classes = List.copyOf(classes);
    new Scale(mean, standardDeviation); // checks them
    if (!(decimals >= 0 && decimals <= NumberText.MOST_DECIMALS)) {
      throw new IllegalArgumentException(
          "label decimals must be in [0, %d], got %d"
              .formatted(NumberText.MOST_DECIMALS, decimals));
    }
  }

  @JsonIgnore
  boolean isNumber() {
    return classes.isEmpty();
  }

  /** The number of outputs of a network that tells it. */
  int outputs() {
    return Math.max(1, classes.size());
  }

  /** What finds the classes; none of a number. */
  WordLookup words() {
    return new WordLookup(classes.stream().map(List::of).toList());
  }

  /**
   * What a network is to tell of trimmed cells: the index of a class, or a standardised number, at
   * most 10 standard deviations; NaN of neither.
   */
  ToDoubleFunction<String> target(char decimal) {
    if (isNumber()) {
      Scale scale = new Scale(mean, standardDeviation);
      return cell -> {
        double number = NumberText.parse(cell, decimal);
        return Double.isFinite(number)
            ? Math.max(-BOUND, Math.min(BOUND, scale.standardised(number)))
            : Double.NaN;
      };
    }
    WordLookup words = words();
    return cell -> {
      int index = words.index(cell, decimal);
      return index < 0 ? Double.NaN : index;
    };
  }
}
