package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cells that say one of several words, a one-hot block of features.
 *
 * <p>Another word than these is an unseen category: a block of zeros, which has no part in the
 * loss, or an error.
 *
 * @param categories the words in the order of their features, at least one
 * @param unseenRefused whether an unseen category is an error
 */
public record CategoricalColumn(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) List<String> categories,
    @JsonProperty(required = true) boolean unseenRefused)
    implements Column {

  public CategoricalColumn {
    ColumnRule.requireName(name);
    if (categories == null
        || categories.isEmpty()
        || categories.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "CategoricalColumn '%s' needs categories, got %s".formatted(name, categories));
    }
    categories = List.copyOf(categories);
    if (new HashSet<>(categories).size() < categories.size()) {
      throw new IllegalArgumentException(
          "CategoricalColumn '%s' categories must differ, got %s".formatted(name, categories));
    }
  }

  /** A column to which an unseen category is a block of zeros. */
  public CategoricalColumn(String name, String... categories) {
    this(name, List.of(categories), false);
  }

  /** A column with the categories that occur in these cells, sorted; null and "" are missing. */
  public static CategoricalColumn observed(String name, Collection<String> cells) {
    return new CategoricalColumn(
        name,
        cells.stream().filter(cell -> cell != null && !cell.isEmpty()).distinct().sorted().toList(),
        false);
  }

  /** The same column to which an unseen category is an error. */
  public CategoricalColumn refusingUnseen() {
    return new CategoricalColumn(name, categories, true);
  }

  @Override
  public ColumnKind kind() {
    return ColumnKind.CATEGORICAL;
  }

  @Override
  public int width() {
    return categories.size();
  }

  @Override
  public String featureName(int feature) {
    return name + "=" + categories.get(feature);
  }

  @Override
  public double[] values(String cell) {
    int category = categories.indexOf(cell);
    if (category < 0 && unseenRefused) {
      throw ColumnRule.broken(this, "one of " + categories, cell);
    }
    double[] block = new double[width()];
    if (category >= 0) {
      block[category] = 1;
    }
    return block;
  }

  /** The likeliest category, the first of several; of zeros and of NaN none. */
  @Override
  public String cell(double[] values) {
    int best = -1;
    for (int category = 0; category < values.length; category++) {
      if (values[category] > (best < 0 ? 0 : values[best])) {
        best = category;
      }
    }
    return best < 0 ? null : categories.get(best);
  }
}
