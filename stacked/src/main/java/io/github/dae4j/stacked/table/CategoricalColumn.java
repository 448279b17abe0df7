package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnBlock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cells that say one of several words, a one-hot block of features.
 *
 * <p>Another word than these is an unseen category: a block of zeros, which has no part in the
 * loss, or an error.
 *
 * @param categories the words in the order of their features, at least one
 * @param unseenRefused whether an unseen category is an error
 * @param rare words that share one more feature, the last; empty for none
 */
public record CategoricalColumn(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) List<String> categories,
    @JsonProperty(required = true) boolean unseenRefused,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> rare)
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
    rare = rare == null ? List.of() : List.copyOf(rare);
    Set<String> different = new HashSet<>(categories);
    different.addAll(rare);
    if (different.size() < categories.size() + rare.size()) {
      throw new IllegalArgumentException(
          "CategoricalColumn '%s' categories must differ, got %s%s"
              .formatted(name, categories, rare.isEmpty() ? "" : " and " + rare));
    }
  }

  public CategoricalColumn(String name, List<String> categories, boolean unseenRefused) {
    this(name, categories, unseenRefused, List.of());
  }

  /** A column to which an unseen category is a block of zeros. */
  public CategoricalColumn(String name, String... categories) {
    this(name, List.of(categories), false, List.of());
  }

  /** A column with the categories that occur in these cells, sorted; null and "" are missing. */
  public static CategoricalColumn observed(String name, Collection<String> cells) {
    return new CategoricalColumn(
        name,
        cells.stream()
            .filter(cell -> cell != null && !cell.isBlank())
            .map(String::strip)
            .distinct()
            .sorted()
            .toList(),
        false,
        List.of());
  }

  /** The same column to which an unseen category is an error. */
  public CategoricalColumn refusingUnseen() {
    return new CategoricalColumn(name, categories, true, rare);
  }

  /** The same column with words that share one more feature. */
  public CategoricalColumn withRare(Collection<String> rare) {
    return new CategoricalColumn(name, categories, unseenRefused, List.copyOf(rare));
  }

  @Override
  public ColumnBlock.Kind kind() {
    return ColumnBlock.Kind.CATEGORICAL;
  }

  @Override
  public int width() {
    return categories.size() + (rare.isEmpty() ? 0 : 1);
  }

  @Override
  public String featureName(int feature) {
    return name + "=" + (feature < categories.size() ? categories.get(feature) : "(rare)");
  }

  @Override
  public double[] values(String untrimmed) {
    String cell = untrimmed.strip();
    int category = categories.indexOf(cell);
    if (category < 0 && rare.contains(cell)) {
      category = categories.size();
    }
    if (category < 0 && unseenRefused) {
      throw ColumnRule.broken(this, "one of " + categories, cell);
    }
    double[] block = new double[width()];
    if (category >= 0) {
      block[category] = 1;
    }
    return block;
  }

  /** The likeliest category but for rare ones, the first of several; of zeros and NaN none. */
  @Override
  public String cell(double[] values) {
    int best = -1;
    for (int category = 0; category < categories.size(); category++) {
      if (values[category] > (best < 0 ? 0 : values[best])) {
        best = category;
      }
    }
    return best < 0 ? null : categories.get(best);
  }
}
