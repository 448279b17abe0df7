package io.github.dae4j.stacked.table;

import java.util.Optional;

/**
 * What a column was taken for, and why.
 *
 * @param name of the column
 * @param type of its cells
 * @param reason in a sentence, fit to be shown: "165 different numbers from 32.1 to 59.6"
 * @param column that a model sees; null if it is left out
 * @param known the number of cells that are not missing
 * @param missing the number of those that are
 * @param once the number of words that occur once
 * @param constant the word that all known cells say; null if there are several
 */
public record ColumnGuess(
    String name,
    ColumnType type,
    String reason,
    Column column,
    long known,
    long missing,
    long once,
    String constant) {

  /** What a model sees of it; none if it is left out. */
  public Optional<Column> input() {
    return Optional.ofNullable(column);
  }
}
