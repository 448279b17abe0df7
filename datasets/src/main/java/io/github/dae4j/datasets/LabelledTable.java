package io.github.dae4j.datasets;

import io.github.dae4j.stacked.table.TableSchema;
import java.util.List;

/**
 * Rows of a schema's columns and what is to be told from them.
 *
 * @param labels of the rows, "" for none
 */
public record LabelledTable(
    String name, TableSchema schema, List<List<String>> rows, List<String> labels) {

  public LabelledTable {
    if (rows.size() != labels.size()) {
      throw new IllegalArgumentException(
          "LabelledTable must have as many labels as rows, %d, got %d"
              .formatted(rows.size(), labels.size()));
    }
  }

  /** The different labels, sorted. */
  public List<String> classes() {
    return labels.stream().filter(label -> !label.isEmpty()).distinct().sorted().toList();
  }

  /** Whether a row, by its number, has a label. */
  public boolean hasLabel(int row) {
    return !labels.get(row).isEmpty();
  }
}
