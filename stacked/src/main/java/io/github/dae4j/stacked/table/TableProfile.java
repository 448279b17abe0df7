package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the columns of a table were taken for, and why: one pass over its rows.
 *
 * @param name of the table
 * @param rows the number of rows
 * @param missing the words that say nothing
 * @param missingWords those of them that occur, and how often, the commonest first; "" is an empty
 *     cell
 * @param columns in the table's order
 */
public record TableProfile(
    String name,
    long rows,
    List<String> missing,
    Map<String, Long> missingWords,
    List<ColumnGuess> columns) {

  public TableProfile {
    missing = List.copyOf(missing);
    missingWords = Collections.unmodifiableMap(new LinkedHashMap<>(missingWords));
    columns = List.copyOf(columns);
  }

  /** Looks at all rows of a table. */
  public static TableProfile of(Table table) {
    return of(table, Map.of());
  }

  /**
   * Looks at all rows of a table of which some columns are known.
   *
   * @param choices by column name: "number", "category", "text 32", "skip", "label" and the other
   *     words of {@link ColumnType}, "label number" and "label category"
   * @throws TableException naming a column that is not there, or that cannot be what it is to be
   */
  public static TableProfile of(Table table, Map<String, String> choices) {
    for (String chosen : choices.keySet()) {
      if (!table.columns().contains(chosen)) {
        throw new TableException(
            "%s: has no column '%s'; its columns are %s"
                .formatted(table.name(), chosen, table.columns()));
      }
    }
    List<ColumnProfile> profiles = new ArrayList<>();
    table.columns().forEach(column -> profiles.add(new ColumnProfile()));
    Map<String, Long> words = new HashMap<>();
    long rows = count(table, profiles, words);
    List<ColumnGuess> guesses = new ArrayList<>();
    for (int column = 0; column < profiles.size(); column++) {
      String name = table.columns().get(column);
      guesses.add(new ColumnGuesser(name, profiles.get(column)).guess(choices.get(name)));
    }
    return new TableProfile(table.name(), rows, table.missing(), commonestFirst(words), guesses);
  }

  private static Map<String, Long> commonestFirst(Map<String, Long> words) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    words.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(word -> sorted.put(word.getKey(), word.getValue()));
    return sorted;
  }

  private static long count(Table table, List<ColumnProfile> profiles, Map<String, Long> words) {
    java.util.Set<String> missing = new java.util.HashSet<>(table.missing());
    long count = 0;
    try (Table.Rows rows = table.rows()) {
      for (; rows.hasNext(); count++) {
        Table.Row row = rows.next();
        for (int column = 0; column < row.size(); column++) {
          String cell = row.cell(column) == null ? null : row.cell(column).strip();
          if (cell == null || missing.contains(cell)) {
            profiles.get(column).addMissing();
            words.merge(cell == null ? "" : cell, 1L, Long::sum);
          } else {
            profiles.get(column).add(cell, table.decimal());
          }
        }
      }
    }
    return count;
  }

  /**
   * The columns that a model sees.
   *
   * @throws TableException if there is none
   */
  public TableSchema schema() {
    List<Column> inputs = columns.stream().flatMap(guess -> guess.input().stream()).toList();
    if (inputs.isEmpty()) {
      Map<String, String> types = new LinkedHashMap<>();
      columns.forEach(guess -> types.put(guess.name(), guess.type().word()));
      throw new TableException(
          "%s: has %d rows and no column to learn from: %s".formatted(name, rows, types));
    }
    return new TableSchema(inputs, missing);
  }

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

  /** What the cells of a column are. */
  public enum ColumnType {
    NUMBER("number"),
    WHOLE_NUMBER("whole number"),
    BINARY("binary"),
    CATEGORY("category"),
    DATE("date"),
    /** Words with too many values: left out, or hashed on request. */
    TEXT("text"),
    /** All different: left out. */
    IDENTIFIER("identifier"),
    /** All the same: no input, but another value is noticed. */
    CONSTANT("constant"),
    /** All missing: left out. */
    EMPTY("empty"),
    /** What is to be told from the others: never an input. */
    LABEL("label"),
    /** Left out because the user said so. */
    SKIPPED("skip");

    private final String word;

    ColumnType(String word) {
      this.word = word;
    }

    /** The word for it in files and on screens. */
    public String word() {
      return word;
    }

    /**
     * The type with a word that {@link #word} has, or {@code text 32}.
     *
     * @throws TableException naming all of them if there is none
     */
    public static ColumnType of(String word) {
      String wanted = word.strip().toLowerCase(Locale.ROOT);
      if (wanted.matches("text\\s.*")) {
        HashedColumn.width(wanted.substring(TEXT.word.length()).strip());
        return TEXT;
      }
      return Arrays.stream(values())
          .filter(type -> type.word.equals(wanted))
          .findFirst()
          .orElseThrow(
              () ->
                  new TableException(
                      "column type must be one of %s, got '%s'"
                          .formatted(
                              Arrays.stream(values())
                                  .map(type -> type == TEXT ? "text, text 32" : type.word)
                                  .collect(Collectors.joining(", ")),
                              word)));
    }
  }
}
