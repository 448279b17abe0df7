package io.github.dae4j.stacked.table;

import java.util.List;
import java.util.Map;

/**
 * A {@link TableModel} on the rows of a table that has its columns in any order; for any number of
 * threads.
 */
public final class TableRowModel {

  private final RowInference inference;
  private final TableMatch match;
  private final char decimal;
  private final Map<String, WordLookup> words;

  TableRowModel(RowInference inference, TableMatch match, char decimal) {
    this.inference = inference;
    this.match = match;
    this.decimal = decimal;
    words = inference.words();
  }

  /** The table's columns that the model does not know, and passes over. */
  public List<String> extraColumns() {
    return List.copyOf(match.extra());
  }

  /**
   * The word of training that a cell says, which another program may have written otherwise: 1 of
   * 1.0, true of True. Of other cells, and columns of no words, the trimmed cell.
   *
   * @param column an input, or the label
   */
  public String word(String column, String cell) {
    String trimmed = cell.strip();
    WordLookup known = words.get(column);
    return known == null ? trimmed : known.word(trimmed, decimal).orElse(trimmed);
  }

  /** How unusual a row is. */
  public RowScore score(Table.Row row) {
    return inference.score(match.cells(row), match.constants(row), decimal);
  }

  /** The code of a row [codeLength]. */
  public float[] encode(Table.Row row) {
    return inference.encode(match.cells(row), decimal);
  }

  /** The same row with its missing cells filled, where the model knows the column. */
  public Table.Row impute(Table.Row row) {
    String[] inputs = match.cells(row);
    String[] filled = inference.impute(inputs, decimal);
    return replaced(row, inputs, filled);
  }

  /** The row as the network reconstructs it; columns that are no inputs stay as they are. */
  public Table.Row reconstruct(Table.Row row) {
    String[] inputs = match.cells(row);
    return replaced(row, inputs, inference.reconstruct(inputs, decimal));
  }

  /** Known cells are the very strings of the row, and stay where they are. */
  private Table.Row replaced(Table.Row row, String[] inputs, String[] others) {
    String[] cells = row.cells().toArray(String[]::new);
    for (int column = 0; column < others.length; column++) {
      if (others[column] != null && others[column] != inputs[column]) {
        cells[match.indices()[column]] = others[column];
      }
    }
    return row.withCells(cells);
  }

  /** What the row's label is likely to be. */
  public TableModel.Prediction predict(Table.Row row) {
    return inference.predict(match.cells(row), decimal);
  }
}
