package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What columns are taken for. */
class TableProfileTest {

  private static final int ROWS = 60;

  private static TableProfile.ColumnGuess guess(String name, IntFunction<String> cells) {
    return guess(name, cells, Map.of());
  }

  private static TableProfile.ColumnGuess guess(
      String name, IntFunction<String> cells, Map<String, String> choices) {
    return TableProfile.of(column(name, cells), choices).columns().get(0);
  }

  private static Table column(String name, IntFunction<String> cells) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(List.of(cells.apply(row)));
    }
    return Table.of(List.of(name), rows);
  }

  private static String word(String[] words, int row) {
    return words[row * row % words.length];
  }

  @Test
  void eachKindIsToldWithItsReason() {
    assertGuess(
        guess("age", row -> "" + (20 + row * 7 % 41)),
        TableProfile.ColumnType.NUMBER,
        "41 different whole numbers from 20 to 60");
    assertGuess(
        guess("price", row -> row % 9 == 0 ? "NA" : 1 + row * 0.25 + ""),
        TableProfile.ColumnType.NUMBER,
        "53 different numbers from 1.25 to 15.75");
    assertGuess(
        guess("children", row -> " " + row % 4),
        TableProfile.ColumnType.WHOLE_NUMBER,
        "4 different whole numbers from 0 to 3");
    assertGuess(
        guess("sex", row -> row % 3 == 0 ? "m" : row % 7 == 0 ? "?" : "f"),
        TableProfile.ColumnType.BINARY,
        "two values, 'f' (34) and 'm' (20)");
    assertGuess(
        guess("flag", row -> row % 3 == 0 ? "0" : "1"),
        TableProfile.ColumnType.BINARY,
        "two values, '1' (40) and '0' (20)");
    assertGuess(
        guess("job", row -> word(new String[] {"smith", "baker", "pilot", "nurse", "cook"}, row)),
        TableProfile.ColumnType.CATEGORY,
        "3 different words, most often 'baker' (24)");
    assertGuess(
        guess("key", row -> "a" + row),
        TableProfile.ColumnType.IDENTIFIER,
        "60 words, all different");
    assertGuess(
        guess("number", row -> row + 1 + ""),
        TableProfile.ColumnType.IDENTIFIER,
        "60 whole numbers, all different, that count up");
    assertGuess(
        guess("customer id", row -> 100_003 * row % 7919 + ""),
        TableProfile.ColumnType.IDENTIFIER,
        "60 whole numbers, all different");
    assertGuess(
        guess("title", row -> "t" + row / 2 + (row == 7 ? "x" : "")),
        TableProfile.ColumnType.TEXT,
        "31 different words; the 2 commonest are 4 of 60 cells ('text 32' would hash them)");
    assertGuess(
        guess("unit", row -> "kg"), TableProfile.ColumnType.CONSTANT, "every known cell is 'kg'");
    assertGuess(
        guess("none", row -> row % 2 == 0 ? "" : "NA"),
        TableProfile.ColumnType.EMPTY,
        "all 60 cells are missing");
  }

  private static void assertGuess(
      TableProfile.ColumnGuess guess, TableProfile.ColumnType type, String reason) {
    assertThat(guess.type()).as(guess.toString()).isEqualTo(type);
    assertThat(guess.reason()).isEqualTo(reason);
    boolean isInput =
        switch (type) {
          case NUMBER, WHOLE_NUMBER, BINARY, CATEGORY, DATE -> true;
          default -> false;
        };
    assertThat(guess.input().isPresent()).isEqualTo(isInput);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2012-03-%02d          | uuuu-MM-dd
          2012-03-%02dT10:20:30 | uuuu-MM-dd'T'HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]][XXX]
          2012-03-%02dT10:20:30Z | uuuu-MM-dd'T'HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]]'Z'
          2012-03-%02dT10:20:30.125Z | uuuu-MM-dd'T'HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]]'Z'
          2012-03-%02dT10:20:30.125+02:00 | uuuu-MM-dd'T'HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]][XXX]
          2012-03-%02d 10:20    | uuuu-MM-dd H:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]]
          2012/3/%d             | uuuu/M/d
          %02d.03.2012          | d.M.uuuu
          %d.3.2012             | d.M.uuuu
          3/%d/2012             | M/d/uuuu
          %02d/03/2012          | d/M/uuuu
          3/%d/2012 4:05 PM     | M/d/uuuu h:mm[:ss] a
          Mar %02d 2012         | MMM d uuuu
          mar %d, 2012          | MMM d, uuuu
          March %d, 2012        | MMMM d, uuuu
          %d MAR 2012           | d MMM uuuu
          %02d-Mar-12           | d-MMM-yy
          %d.3.12               | d.M.yy
          201203%02d            | uuuuMMdd
          """)
  void datesAreTold(String format, String pattern) {
    TableProfile.ColumnGuess guess = guess("day", row -> format.formatted(1 + row % 28));
    assertThat(guess.type()).as(guess.toString()).isEqualTo(TableProfile.ColumnType.DATE);
    DateColumn column = (DateColumn) guess.column();
    assertThat(column.pattern()).isEqualTo(pattern);
    for (int row = 0; row < 28; row++) {
      double days = column.date().days(format.formatted(1 + row));
      assertThat(Math.floor(days)).isEqualTo(15400 + row);
      assertThat(column.date().days(column.date().text(days)))
          .isEqualTo(days, org.assertj.core.api.Assertions.within(1e-4));
    }
    if (!format.contains(".125") && !format.startsWith("mar") && !format.contains("MAR")) {
      assertThat(column.date().text(column.date().days(format.formatted(7))))
          .isEqualTo(format.formatted(7));
    }
  }

  @Test
  void datesOfIsoAmongOthersAreKnown() {
    TableProfile.ColumnGuess guess =
        guess(
            "day",
            row -> row == 5 ? "2012-03-07T10:30" : row == 7 ? "?!" : row % 9 + 1 + ".3.2012");
    assertThat(guess.reason())
        .isEqualTo("58 dates written like '1.3.2012'; 1 other cells count as unknown");
  }

  @Test
  void rareWordsArePooled() {
    TableProfile.ColumnGuess guess =
        guess("job", row -> row < 40 ? "pilot" : row < 52 ? "baker" : "rare" + row);
    assertThat(guess.reason())
        .isEqualTo("10 different words, most often 'pilot' (40); the 8 rarest share a category");
    CategoricalColumn column = (CategoricalColumn) guess.column();
    assertThat(column.categories()).containsExactly("baker", "pilot");
    assertThat(column.rare()).hasSize(8).contains("rare55");
    assertThat(guess.once()).isEqualTo(8);
  }

  @Test
  void aFewWordsAmongNumbersAreUnknown() {
    TableProfile.ColumnGuess guess = guess("age", row -> row == 30 ? "old" : row * 3 % 47 + "");
    assertThat(guess.type()).isEqualTo(TableProfile.ColumnType.NUMBER);
    assertThat(guess.reason())
        .isEqualTo(
            "46 different whole numbers from 0 to 46; 1 words such as 'old' count as unknown");
    assertThat(guess("age", row -> row == 7 ? "-1e999" : row % 9 + "", Map.of()).reason())
        .isEqualTo(
            "9 different whole numbers from 0 to 8; 1 words such as '-1e999' count as unknown");
  }

  /** As Java writes them, and plain. */
  @ParameterizedTest
  @ValueSource(
      doubles = {
        1e8 + 0.5,
        1.25,
        1e-2,
        1e-3,
        1.3e-4,
        1e-5,
        1.5e-9,
        1.000001e-9,
        1.25e-14,
        1.6e-19,
        1e-30,
        3e-300,
        -2.6e-4,
        -1e-13
      })
  void numbersOfAnySizeAreShownAndWritten(double unit) {
    for (boolean isPlain : new boolean[] {false, true}) {
      IntFunction<String> cells =
          row -> {
            double number = (1 + row * 7 % 41) * unit;
            return isPlain ? new BigDecimal("" + number).toPlainString() : "" + number;
          };
      TableProfile.ColumnGuess guess = guess("x", cells);
      assertThat(guess.type()).isEqualTo(TableProfile.ColumnType.NUMBER);
      String[] words = guess.reason().replaceFirst(".* from ", "").split(" to ");
      Percentage some = Percentage.withPercentage(0.5);
      assertThat(Double.parseDouble(words[0])).isCloseTo((unit < 0 ? 41 : 1) * unit, some);
      assertThat(Double.parseDouble(words[1])).isCloseTo((unit < 0 ? 1 : 41) * unit, some);
      for (int row = 0; row < 41; row++) {
        double number = Double.parseDouble(cells.apply(row));
        String written = guess.column().cell(new double[] {number});
        assertThat(written).hasSizeLessThan(27);
        assertThat(Double.parseDouble(written)).isCloseTo(number, Percentage.withPercentage(0.01));
      }
      assertThat(Double.parseDouble(guess.column().cell(new double[] {0}))).isZero();
    }
  }

  @Test
  void theUserKnowsBetter() {
    IntFunction<String> digits = row -> row % 4 + "";
    assertThat(guess("code", digits, Map.of("code", "category")).column())
        .isEqualTo(new CategoricalColumn("code", "0", "1", "2", "3"));
    assertThat(guess("code", digits, Map.of("code", "number")).column())
        .isEqualTo(new NumericColumn("code", 0));
    assertThat(guess("code", digits, Map.of("code", "text 8")).column())
        .isEqualTo(new HashedColumn("code", 8));
    assertThat(guess("code", digits, Map.of("code", "skip")).input()).isEmpty();
    assertThat(guess("code", digits, Map.of("code", "label")).type())
        .isEqualTo(TableProfile.ColumnType.LABEL);
    assertThatThrownBy(() -> guess("code", digits, Map.of("code", "date")))
        .hasMessage("column 'code' cannot be 'date': no cell is a date");
    for (String features : List.of("many", "1", "65537", "99999999", "-3", "3.5")) {
      assertThatThrownBy(() -> guess("code", digits, Map.of("code", "text " + features)))
          .isInstanceOf(TableException.class)
          .hasMessage(
              "the number of features in 'text 32' must be in [2, 65536], got '%s'", features);
    }
    assertThatThrownBy(() -> guess("code", digits, Map.of("code", "numeric")))
        .hasMessageStartingWith("column type must be one of number, whole number, binary,")
        .hasMessageContaining(" text, text 32, ");
    assertThatThrownBy(() -> guess("code", digits, Map.of("cod", "number")))
        .hasMessage("rows: has no column 'cod'; its columns are [code]");
  }

  @Test
  void aTableWithNothingToLearnIsRefused() {
    TableProfile profile = TableProfile.of(column("unit", row -> "kg"));
    assertThatThrownBy(profile::schema)
        .isInstanceOf(TableException.class)
        .hasMessage("rows: has 60 rows and no column to learn from: {unit=constant}");
  }
}
