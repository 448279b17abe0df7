package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Tells from the cells of a column what they are.
 *
 * <p>Its reasons are stored in models and digests: they have numbers as %s, for %d takes the digits
 * of the locale.
 */
final class ColumnGuesser {

  private static final double NEARLY_ALL = 0.95;
  private static final int FEW_VALUES = 20;
  private static final int LEAST_FOR_IDENTIFIERS = 10;
  private static final Pattern IDENTIFIER_NAME =
      Pattern.compile("(?i)(.*[^a-z])?(id|ids|uuid|guid|key|row|index|nr|no)");

  private final String name;
  private final ColumnProfile cells;

  ColumnGuesser(String name, ColumnProfile cells) {
    this.name = name;
    this.cells = cells;
  }

  /**
   * What the column is taken for.
   *
   * @param choice what the user says it is, or null
   */
  TableProfile.ColumnGuess guess(String choice) {
    if (choice == null) {
      return guess();
    }
    TableProfile.ColumnGuess chosen = chosen(choice.strip());
    boolean canBeGuessed = chosen.type() != TableProfile.ColumnType.LABEL;
    TableProfile.ColumnGuess guess = canBeGuessed ? guess() : chosen;
    // What is said of it is then the same as without a choice.
    return guess.type() == chosen.type() && Objects.equals(guess.column(), chosen.column())
        ? guess
        : chosen;
  }

  private TableProfile.ColumnGuess guess() {
    if (cells.known() == 0) {
      return leftOut(
          TableProfile.ColumnType.EMPTY, "all %s cells are missing".formatted(cells.missing()));
    }
    List<ColumnProfile.Word> words = cells.words();
    if (words.size() == 1) {
      return leftOut(
          TableProfile.ColumnType.CONSTANT, "every known cell is " + shown(words.get(0).text()));
    }
    boolean isNumber = cells.areNumbers(NEARLY_ALL);
    if (words.size() == 2) {
      return binary(words);
    }
    if (cells.dates() >= NEARLY_ALL * cells.known()
        && !(isNumber && !cells.datePattern().equals("uuuuMMdd"))) {
      return date();
    }
    return isNumber ? number() : words(words);
  }

  private TableProfile.ColumnGuess number() {
    boolean allDiffer = !cells.wordsAreFull() && cells.different() == cells.known();
    boolean isNamedSo = IDENTIFIER_NAME.matcher(name).matches();
    if (cells.isWhole()
        && allDiffer
        && cells.known() >= LEAST_FOR_IDENTIFIERS
        && (cells.counts() || isNamedSo)) {
      return leftOut(
          TableProfile.ColumnType.IDENTIFIER,
          "%s whole numbers, all different%s"
              .formatted(cells.known(), cells.counts() ? ", that count up" : ""));
    }
    boolean isFew = cells.isWhole() && cells.different() <= FEW_VALUES;
    String others =
        cells.notNumber() == null
            ? ""
            : "; %s words such as '%s' count as unknown"
                .formatted(cells.known() - cells.numbers(), cells.notNumber());
    return taken(
        isFew ? TableProfile.ColumnType.WHOLE_NUMBER : TableProfile.ColumnType.NUMBER,
        "%s%s different %s from %s to %s%s"
            .formatted(
                cells.wordsAreFull() ? "more than " : "",
                cells.different() - (cells.notNumber() == null ? 0 : 1),
                cells.isWhole() ? "whole numbers" : "numbers",
                NumberText.shown(cells.least()),
                NumberText.shown(cells.most()),
                others),
        numeric());
  }

  /** Expected numbers are written as the column's own are: 193.0 where all are as 181.0. */
  private NumericColumn numeric() {
    return new NumericColumn(name, cells.isWhole() ? 0 : cells.decimals(), cells.sameDecimals());
  }

  /** Two words; which of them is meant by yes does not matter, they are two categories. */
  private TableProfile.ColumnGuess binary(List<ColumnProfile.Word> words) {
    return taken(
        TableProfile.ColumnType.BINARY,
        "two values, %s and %s".formatted(shown(words.get(0)), shown(words.get(1))),
        new CategoricalColumn(
            name, words.stream().map(ColumnProfile.Word::text).sorted().toList(), false));
  }

  private static String shown(ColumnProfile.Word word) {
    return "%s (%s)".formatted(shown(word.text()), word.count());
  }

  /** A word on one line, and not too long. */
  private static String shown(String word) {
    String line = word.replaceAll("\\s+", " ");
    return "'" + (line.length() > 40 ? line.substring(0, 39) + "…" : line) + "'";
  }

  private TableProfile.ColumnGuess date() {
    DatePattern pattern = new DatePattern(cells.datePattern(), cells.isPadded());
    List<DateColumn.Cycle> cycles = new ArrayList<>();
    if (pattern.hasDate() && cells.span() > 60) {
      cycles.add(DateColumn.Cycle.YEAR);
    }
    if (pattern.hasDate() && cells.span() >= 14) {
      cycles.add(DateColumn.Cycle.WEEK);
    }
    if (pattern.hasTime()) {
      cycles.add(DateColumn.Cycle.DAY);
    }
    long others = cells.known() - cells.dates() - cells.otherDates();
    return taken(
        TableProfile.ColumnType.DATE,
        "%s %s written like '%s'%s"
            .formatted(
                cells.dates(),
                pattern.hasDate() ? "dates" : "times",
                cells.words().get(0).text(),
                others == 0 ? "" : "; %s other cells count as unknown".formatted(others)),
        new DateColumn(name, cells.datePattern(), cells.isPadded(), cycles));
  }

  private TableProfile.ColumnGuess words(List<ColumnProfile.Word> words) {
    boolean allDiffer = !cells.wordsAreFull() && words.size() == cells.known();
    if (allDiffer && cells.known() >= LEAST_FOR_IDENTIFIERS) {
      return leftOut(
          TableProfile.ColumnType.IDENTIFIER, "%s words, all different".formatted(cells.known()));
    }
    Categories categories = Categories.of(name, words);
    if (2 * categories.covered() < cells.known()) {
      return leftOut(
          TableProfile.ColumnType.TEXT,
          "%s%s different words; the %s commonest are %s of %s cells ('text 32' would hash them)"
              .formatted(
                  cells.wordsAreFull() ? "more than " : "",
                  words.size(),
                  categories.column().categories().size(),
                  categories.covered(),
                  cells.known()));
    }
    return taken(TableProfile.ColumnType.CATEGORY, categories.reason(words), categories.column());
  }

  /** The words that have a feature each, and those that share one. */
  private record Categories(CategoricalColumn column, long covered) {

    static Categories of(String name, List<ColumnProfile.Word> words) {
      int kept = 0;
      long covered = 0;
      long all = words.stream().mapToLong(ColumnProfile.Word::count).sum();
      long least = Math.max(TableDefaults.LEAST_CELLS, Math.round(TableDefaults.LEAST_SHARE * all));
      while (kept < words.size()
          && (kept < 2
              || kept < TableDefaults.MOST_CATEGORIES && words.get(kept).count() >= least)) {
        covered += words.get(kept++).count();
      }
      if (kept == words.size() - 1) { // one word alone shares nothing
        covered += words.get(kept++).count();
      }
      List<String> texts = words.stream().map(ColumnProfile.Word::text).toList();
      List<String> rare = texts.subList(kept, texts.size());
      return new Categories(
          new CategoricalColumn(name, texts.subList(0, kept).stream().sorted().toList(), false)
              .withRare(rare.stream().limit(TableDefaults.MOST_RARE).toList()),
          covered);
    }

    String reason(List<ColumnProfile.Word> words) {
      String some =
          "%s different words, most often %s".formatted(words.size(), shown(words.get(0)));
      int rare = words.size() - column.categories().size();
      return rare == 0 ? some : some + "; the %s rarest share a category".formatted(rare);
    }
  }

  private TableProfile.ColumnGuess chosen(String choice) {
    String[] parts = choice.split("\\s+", 2);
    TableProfile.ColumnType type =
        TableProfile.ColumnType.of(parts[0].equalsIgnoreCase("whole") ? choice : parts[0]);
    String reason = "as asked for";
    List<ColumnProfile.Word> words = cells.words();
    return switch (type) {
      case LABEL -> leftOut(type, label(parts.length == 1 ? null : parts[1]));
      case SKIPPED, IDENTIFIER, EMPTY -> leftOut(type, reason);
      case NUMBER, WHOLE_NUMBER -> {
        require(cells.numbers() > 0, choice, "no cell is a number");
        yield taken(type, reason, numeric());
      }
      case BINARY -> {
        require(words.size() == 2, choice, "it has %s different words".formatted(words.size()));
        yield taken(type, reason, binary(words).column());
      }
      case DATE -> {
        require(cells.dates() > 0, choice, "no cell is a date");
        yield taken(type, reason, date().column());
      }
      case CATEGORY -> {
        require(words.size() > 1, choice, "it has %s different words".formatted(words.size()));
        yield taken(type, reason, Categories.of(name, words).column());
      }
      case CONSTANT -> {
        require(words.size() == 1, choice, "it has %s different words".formatted(words.size()));
        yield leftOut(type, reason);
      }
      case TEXT -> parts.length == 1 ? leftOut(type, reason) : hashed(HashedColumn.width(parts[1]));
    };
  }

  /** As what a label is told, and why: {@link TableFitting} finds the same. */
  private String label(String asked) {
    if (asked != null) {
      boolean isNumber = asked.equals(TableProfile.ColumnType.NUMBER.word());
      boolean isCategory = asked.equals(TableProfile.ColumnType.CATEGORY.word());
      require(isNumber || isCategory, "label " + asked, "a label is a number or a category");
      require(!isNumber || cells.numbers() > 0, asked, "no cell is a number");
      return (isNumber ? "a number" : classes()) + ", as asked for";
    }
    if (!cells.areNumbers(1)) {
      return classes();
    }
    int most = TableDefaults.MOST_NUMBERED_CLASSES;
    return cells.different() > most
        ? "a number, of more than %s different ones; 'category' makes them classes".formatted(most)
        : "%s, as numbers are up to %s; 'number' makes it one".formatted(classes(), most);
  }

  private String classes() {
    return "one of %s%s classes"
        .formatted(cells.wordsAreFull() ? "more than " : "", cells.different());
  }

  private TableProfile.ColumnGuess hashed(int features) {
    return taken(
        TableProfile.ColumnType.TEXT,
        "hashed to %s features".formatted(features),
        new HashedColumn(name, features));
  }

  private void require(boolean holds, String choice, String but) {
    if (!holds) {
      throw new TableException(
          "column '%s' cannot be '%s': %s".formatted(name, choice.toLowerCase(Locale.ROOT), but));
    }
  }

  private TableProfile.ColumnGuess leftOut(TableProfile.ColumnType type, String reason) {
    return taken(type, reason, null);
  }

  private TableProfile.ColumnGuess taken(
      TableProfile.ColumnType type, String reason, Column column) {
    return new TableProfile.ColumnGuess(
        name,
        type,
        reason,
        column,
        cells.known(),
        cells.missing(),
        cells.once(),
        cells.different() == 1 ? cells.words().get(0).text() : null);
  }
}
