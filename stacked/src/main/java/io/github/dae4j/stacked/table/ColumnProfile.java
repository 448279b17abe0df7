package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the cells of one column say, counted while they pass. */
final class ColumnProfile {

  private static final int MOST_WORDS = 1 << 17;
  private static final int DATES_TRIED =
      1000; // cells after which patterns that never fit are dropped

  /** How often a word occurs. */
  record Word(String text, long count) {}

  private final Map<String, long[]> words = new LinkedHashMap<>();
  private final List<DateFit> dates = new ArrayList<>();
  private boolean wordsAreFull;
  private boolean padded;
  private long known;
  private long missing;
  private long numbers;
  private long infinite;
  private long wholes;
  private long ascending;
  private double lastNumber = Double.NaN;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private int decimals;
  private int leastDecimals = Integer.MAX_VALUE;
  private String notNumber;

  ColumnProfile() {
    DatePattern.KNOWN.forEach(pattern -> dates.add(new DateFit(pattern)));
  }

  void addMissing() {
    missing++;
  }

  /** Adds a trimmed cell that is not missing. */
  void add(String cell, char decimal) {
    known++;
    long[] count = words.get(cell);
    if (count != null) {
      count[0]++;
    } else if (words.size() < MOST_WORDS) {
      words.put(cell, new long[] {1});
    } else {
      wordsAreFull = true;
    }
    addNumber(cell, decimal);
    addDate(cell);
  }

  private void addNumber(String cell, char decimal) {
    double number = NumberText.parse(cell, decimal);
    if (!Double.isFinite(number)) { // none, or beyond a double
      infinite += Double.isNaN(number) ? 0 : 1;
      notNumber = notNumber == null ? cell : notNumber;
      return;
    }
    numbers++;
    wholes += number == Math.rint(number) ? 1 : 0;
    ascending += number == lastNumber + 1 ? 1 : 0;
    lastNumber = number;
    least = Math.min(least, number);
    most = Math.max(most, number);
    int digits = NumberText.decimals(cell, decimal);
    decimals = Math.max(decimals, digits);
    leastDecimals = Math.min(leastDecimals, NumberText.hasExponent(cell) ? 0 : digits);
  }

  /** A pattern, and the cells that it fitted. */
  private static final class DateFit {

    private final String name;
    private final DatePattern pattern;
    private long cells;
    private long others; // dates of ISO 8601 that it does not fit, which are read all the same
    private double first = Double.POSITIVE_INFINITY;
    private double last = Double.NEGATIVE_INFINITY;

    DateFit(String name) {
      this.name = name;
      pattern = new DatePattern(name, false);
    }

    boolean add(String cell, boolean isIso) {
      double days = pattern.days(cell);
      if (Double.isNaN(days)) {
        others += isIso && pattern.hasDate() ? 1 : 0;
        return false;
      }
      cells++;
      first = Math.min(first, days);
      last = Math.max(last, days);
      return true;
    }
  }

  /** Tries the patterns that have fitted until now. */
  private void addDate(String cell) {
    boolean fits = false;
    boolean isIso = !dates.isEmpty() && DatePattern.iso(cell) != null;
    for (DateFit date : dates) {
      fits |= date.add(cell, isIso);
    }
    padded |= fits && isPadded(cell);
    if (known == DATES_TRIED || known == DATES_TRIED / 10) {
      dates.removeIf(date -> date.cells < known / 2);
    }
  }

  /** Whether a number of two digits begins with 0, as in 07.08.2012. */
  private static boolean isPadded(String cell) {
    int end = cell.indexOf(':') < 0 ? cell.length() : cell.indexOf(':'); // of what is no time
    for (int i = 0; i + 1 < end; i++) {
      boolean begins = i == 0 || !Character.isDigit(cell.charAt(i - 1));
      boolean ends = i + 2 == cell.length() || !Character.isDigit(cell.charAt(i + 2));
      if (begins && ends && cell.charAt(i) == '0' && Character.isDigit(cell.charAt(i + 1))) {
        return true;
      }
    }
    return false;
  }

  long known() {
    return known;
  }

  long missing() {
    return missing;
  }

  long numbers() {
    return numbers;
  }

  /** Whether so large a share of the cells are numbers; infinity counts, but not alone. */
  boolean areNumbers(double share) {
    return numbers > 0 && numbers + infinite >= share * known;
  }

  boolean isWhole() {
    return wholes == numbers;
  }

  /** Whether numbers go up by one from row to row, nearly always. */
  boolean counts() {
    return numbers > 2 && ascending >= 0.95 * (numbers - 1);
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  int decimals() {
    return NumberText.worthwhile(decimals, Math.max(Math.abs(least), Math.abs(most)));
  }

  /** What every number has as many decimals of; null if they differ, or have none. */
  Integer sameDecimals() {
    return leastDecimals == decimals && decimals > 0 ? decimals() : null;
  }

  String notNumber() {
    return notNumber;
  }

  /** The number of different words; at least so many if there were too many to count. */
  int different() {
    return words.size();
  }

  boolean wordsAreFull() {
    return wordsAreFull;
  }

  /** The number of words that occur once. */
  long once() {
    return words.values().stream().filter(count -> count[0] == 1).count();
  }

  /** The words, the commoner first, of the same count in the order of the alphabet. */
  List<Word> words() {
    return words.entrySet().stream()
        .map(entry -> new Word(entry.getKey(), entry.getValue()[0]))
        .sorted(Comparator.comparingLong(Word::count).reversed().thenComparing(Word::text))
        .toList();
  }

  /** The pattern that fits most cells, the first of several; null if none fits any. */
  String datePattern() {
    DateFit best = best();
    return best == null ? null : best.name;
  }

  /** The number of cells that {@link #datePattern} fits. */
  long dates() {
    DateFit best = best();
    return best == null ? 0 : best.cells;
  }

  /** The number of cells that it does not fit and that are read as dates of ISO 8601. */
  long otherDates() {
    DateFit best = best();
    return best == null ? 0 : best.others;
  }

  boolean isPadded() {
    return padded;
  }

  /** The number of days between the first date and the last. */
  double span() {
    DateFit best = best();
    return best.last - best.first;
  }

  private DateFit best() {
    DateFit best = null;
    for (DateFit date : dates) {
      best = date.cells > (best == null ? 0 : best.cells) ? date : best;
    }
    return best;
  }
}
