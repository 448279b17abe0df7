package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
   * The type with a word that {@link #word} has.
   *
   * @throws TableException naming all of them if there is none
   */
  public static ColumnType of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(type -> type.word.equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new TableException(
                    "column type must be one of %s, got '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(ColumnType::word)
                                .collect(Collectors.joining(", ")),
                            word)));
  }
}
