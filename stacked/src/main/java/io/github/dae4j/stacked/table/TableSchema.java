package io.github.dae4j.stacked.table;

import io.github.dae4j.corruption.ColumnGroups;
import io.github.dae4j.layer.ColumnBlock;
import io.github.dae4j.layer.MixedColumnsLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The columns of a table, in the order of its rows' cells and of their features.
 *
 * @param missing the cells that say nothing; null is missing besides
 */
public record TableSchema(
    @JsonProperty(required = true) List<Column> columns,
    @JsonProperty(required = true) List<String> missing) {

  public TableSchema {
    columns = withoutNull("columns", columns);
    missing = withoutNull("missing", missing);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("TableSchema columns must not be empty");
    }
    requireDifferentNames(columns);
  }

  /** A schema to which {@link CsvOptions#MISSING} are missing: "", "NA", "?" and the like. */
  public TableSchema(Column... columns) {
    this(columns == null ? null : Arrays.asList(columns), CsvOptions.MISSING);
  }

  /** The same columns with other cells that are missing, such as "-"; cells are trimmed before. */
  public TableSchema withMissing(String... missing) {
    return new TableSchema(columns, Arrays.asList(missing));
  }

  /** The number of features. */
  public int width() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  /** "age" of a number, "sex=female" of the word that is 1, "job=teacher" of a category. */
  public List<String> featureNames() {
    return columns.stream()
        .flatMap(column -> IntStream.range(0, column.width()).mapToObj(column::featureName))
        .toList();
  }

  /** The features that are one cell of the table, for a corruption that moves it as a whole. */
  public ColumnGroups groups() {
    return ColumnGroups.ofWidths(columns.stream().mapToInt(Column::width).toArray());
  }

  /** The reconstruction loss with the right term for each column. */
  public MixedColumnsLoss loss() {
    List<ColumnBlock> blocks = new ArrayList<>();
    for (Column column : columns) {
      ColumnBlock last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
      boolean isSummed = column.kind() != ColumnBlock.Kind.CATEGORICAL;
      if (last != null && isSummed && last.kind() == column.kind()) {
        blocks.set(blocks.size() - 1, new ColumnBlock(last.kind(), last.width() + column.width()));
      } else {
        blocks.add(new ColumnBlock(column.kind(), column.width()));
      }
    }
    return new MixedColumnsLoss(blocks);
  }

  /**
   * Takes means and standard deviations from training rows, as many cells each as columns.
   *
   * @throws IllegalArgumentException naming row, counted from 1, and column of a bad cell, or the
   *     column of numbers or of two words in which every cell is missing, or numbers are too large
   */
  public FittedTable fit(List<List<String>> rows) {
    Cells cells = new Cells(this, rows);
    Map<String, Scale> scales = new LinkedHashMap<>();
    for (int column = 0; column < columns.size(); column++) {
      if (isScaled(columns.get(column))) {
        scales.put(columns.get(column).name(), scale(columns.get(column), cells.known(column)));
      }
    }
    return new FittedTable(this, scales);
  }

  private static Scale scale(Column column, double[] cells) {
    try {
      return Scale.of(cells);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "column '%s' has numbers too large to learn from: %s"
              .formatted(column.name(), e.getMessage()),
          e);
    }
  }

  boolean isMissing(String cell) {
    return cell == null || missing.contains(cell.strip());
  }

  /** What a cell says of which nothing is known. */
  String missingCell() {
    return missing.isEmpty() ? "" : missing.get(0);
  }

  /** The columns that a fitted table has a scale for. */
  Stream<Column> scaled() {
    return columns.stream().filter(TableSchema::isScaled);
  }

  private static boolean isScaled(Column column) {
    return column instanceof NumericColumn
        || column instanceof BinaryColumn
        || column instanceof DateColumn date && date.hasNumber();
  }

  private static <T> List<T> withoutNull(String what, List<T> list) {
    if (list == null || list.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "TableSchema %s must not be, or hold, null, got %s".formatted(what, list));
    }
    return List.copyOf(list);
  }

  private static void requireDifferentNames(List<Column> columns) {
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "TableSchema column names must differ, got '%s' twice".formatted(column.name()));
      }
    }
  }
}
