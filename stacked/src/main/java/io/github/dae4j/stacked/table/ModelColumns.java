package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.table.EncodedRow.Cell;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * The columns of a table model: how cells become features and features cells.
 *
 * @param guesses of all columns of the training table
 * @param table schema and scales of those that are inputs
 * @param least the least standardised number of each column in training; NaN of words
 * @param most the largest likewise
 * @param lowest the least number of each column in training, in its own units; NaN of words, null
 *     in a file of an earlier version
 * @param highest the largest likewise
 * @param unseen how likely a new cell of each column is a word that training has not seen
 * @param constants the one word of each column that never changes, by name
 */
record ModelColumns(
    List<TableProfile.ColumnGuess> guesses,
    FittedTable table,
    double[] least,
    double[] most,
    @JsonInclude(JsonInclude.Include.NON_NULL) double[] lowest,
    @JsonInclude(JsonInclude.Include.NON_NULL) double[] highest,
    double[] unseen,
    Map<String, String> constants) {

  ModelColumns {
    guesses = List.copyOf(guesses);
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants)); // in their order
    int columns = table.schema().columns().size();
    if (least.length != columns || most.length != columns || unseen.length != columns) {
      throw new IllegalArgumentException(
          "its bounds must be those of %d columns, got %d, %d and %d"
              .formatted(columns, least.length, most.length, unseen.length));
    }
    if ((lowest == null) != (highest == null)
        || lowest != null && (lowest.length != columns || highest.length != columns)) {
      throw new IllegalArgumentException(
          "its lowest and highest numbers must be those of %d columns".formatted(columns));
    }
  }

  List<Column> inputs() {
    return table.schema().columns();
  }

  RowEncoder encoder() {
    return new RowEncoder(table.schema(), table.scales());
  }

  FeatureLayout layout() {
    return FeatureLayout.of(inputs());
  }

  Map<String, Integer> indices() {
    Map<String, Integer> indices = new HashMap<>();
    inputs().forEach(column -> indices.put(column.name(), indices.size()));
    return indices;
  }

  /**
   * The cells of the inputs, in their order; null of what is missing.
   *
   * @throws TableException naming a column that the training table did not have
   */
  String[] cells(Map<String, ?> row) {
    Objects.requireNonNull(row, "row");
    for (String name : row.keySet()) {
      if (guesses.stream().noneMatch(guess -> guess.name().equals(name))) {
        throw new TableException(
            "row has a column '%s', which the model does not know; it knows %s"
                .formatted(name, guesses.stream().map(TableProfile.ColumnGuess::name).toList()));
      }
    }
    String[] cells = new String[inputs().size()];
    indices().forEach((name, column) -> cells[column] = CellText.of(name, row.get(name)));
    return cells;
  }

  /**
   * A row as features.
   *
   * @param cells of the inputs, in their order
   * @param usual the probability up to which an unseen word counts as an anomaly
   */
  EncodedRow encode(RowEncoder encoder, String[] cells, char decimal, double usual) {
    float[] features = new float[encoder.width()];
    Cell[] kinds = new Cell[cells.length];
    for (int column = 0; column < cells.length; column++) {
      boolean isKnown = encoder.encode(column, cells[column], decimal, features, 0);
      int from = encoder.from(column);
      kinds[column] =
          !isKnown
              ? unseen(column, features, encoder, usual)
              : Float.isNaN(features[from])
                  ? Cell.MISSING
                  : known(column, features[from], cells[column], decimal);
    }
    return new EncodedRow(features, kinds);
  }

  /** In a column where new words are usual one of them is rare, not unseen. */
  private Cell unseen(int column, float[] features, RowEncoder encoder, double usual) {
    boolean hasRare =
        inputs().get(column) instanceof CategoricalColumn words && !words.rare().isEmpty();
    if (unseen[column] > usual && hasRare) {
      features[encoder.from(column + 1) - 1] = 1;
      return Cell.KNOWN;
    }
    return Cell.UNSEEN;
  }

  private Cell known(int column, float first, String cell, char decimal) {
    if (Math.abs(first) <= RowDetector.BOUND) {
      return Cell.KNOWN;
    }
    boolean isWithin =
        lowest == null
            ? first >= least[column] && first <= most[column]
            : isWithin(column, number(inputs().get(column), cell.strip(), decimal));
    return isWithin ? Cell.KNOWN : Cell.BEYOND;
  }

  /** By the numbers themselves: standardised ones end at 1000 standard deviations. */
  private boolean isWithin(int column, double number) {
    return number >= lowest[column] && number <= highest[column];
  }

  /** The number of a trimmed cell, days of a date; NaN if it is none. */
  static double number(Column column, String cell, char decimal) {
    return column instanceof DateColumn date
        ? date.date().daysOrIso(cell)
        : NumberText.parse(cell, decimal);
  }

  /** What the features of a column say, in the user's units and words; null for nothing. */
  String text(int column, float[] features, FeatureLayout layout, char decimal) {
    Column of = inputs().get(column);
    double[] values = new double[of.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = features[layout.from()[column] + i];
    }
    Scale scale = scale(column);
    if (scale != null) {
      values[0] = scale.original(values[0]);
    }
    String text = of.cell(values);
    return text != null && of instanceof NumericColumn ? text.replace('.', decimal) : text;
  }

  /** A copy of what is expected, with no number or date beyond all that training has seen. */
  float[] withinRanges(float[] expected, FeatureLayout layout) {
    float[] within = expected.clone();
    for (int column = 0; column < least.length; column++) {
      int first = layout.from()[column];
      if (scale(column) != null && least[column] <= most[column]) {
        within[first] = (float) Math.max(least[column], Math.min(most[column], expected[first]));
      }
    }
    return within;
  }

  /** That of a column's first feature; null if it is not standardised. */
  Scale scale(int column) {
    Column of = inputs().get(column);
    boolean isScaled =
        of instanceof NumericColumn || of instanceof DateColumn date && date.hasNumber();
    return isScaled ? table.scales().get(of.name()) : null;
  }

  /** The least and the largest number that training has seen, such as "18 to 65". */
  String range(int column, char decimal) {
    Column of = inputs().get(column);
    Scale scale = table.scales().get(of.name());
    double from = lowest == null ? scale.original(least[column]) : lowest[column];
    double to = lowest == null ? scale.original(most[column]) : highest[column];
    String range =
        of.cell(new double[] {from, 0, 0, 0, 0, 0, 0})
            + " to "
            + of.cell(new double[] {to, 0, 0, 0, 0, 0, 0});
    return of instanceof NumericColumn ? range.replace('.', decimal) : range;
  }
}
