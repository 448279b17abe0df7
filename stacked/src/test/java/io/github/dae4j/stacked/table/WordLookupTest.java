package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordLookupTest {

  private static final WordLookup WORDS =
      new WordLookup(List.of(List.of("1.0"), List.of("True", "x"), List.of("7", "7.0", "0.5")));
  private static final WordLookup AMBIGUOUS = new WordLookup(List.of(List.of("1"), List.of("1.0")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.0 | 0",
        "1 | 0",
        "+1.00 | 0",
        "01 | 0",
        "2 | -1",
        "True | 1",
        "true | 1",
        "TRUE | 1",
        "false | -1",
        "x | 1",
        "X | -1",
        "7.00 | 2",
        "1,0 | -1",
        "'' | -1",
        "nan | -1"
      })
  void wordsAreFoundByWhatTheySay(String cell, int index) {
    assertThat(WORDS.index(cell, '.')).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1,0 | 0", "0,5 | 2", "1.0 | 0"})
  void withADecimalCommaToo(String cell, int index) {
    assertThat(WORDS.index(cell, ',')).isEqualTo(index);
  }

  /** The words are those of a file with a comma. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1.5 | . | 0", "1,50 | , | 0", "2 | . | 1", "1,5 | . | 0", "15 | . | -1"})
  void wordsMayHaveACommaThemselves(String cell, char decimal, int index) {
    WordLookup words = new WordLookup(List.of(List.of("1,5"), List.of("2,0")));
    assertThat(words.index(cell, decimal)).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1.0, 1", "1.00, -1"})
  void whatCouldBeTwoIsNeither(String cell, int index) {
    assertThat(AMBIGUOUS.index(cell, '.')).isEqualTo(index);
  }

  /** Two dates are two words; a query of the same data has a T and no seconds. */
  @ParameterizedTest
  @CsvSource({
    "2021-02-04 00:25:00, 0",
    "2021-02-04T00:25, 0",
    "2021-02-04T00:25:00.000, 0",
    "2021-02-05T00:00, 1",
    "2021-02-05, 1",
    "2021-02-04T00:25Z, -1",
    "2021-02-04, -1",
    "2021-02-30, -1"
  })
  void datesAreFoundByWhatTheySay(String cell, int index) {
    WordLookup words =
        new WordLookup(List.of(List.of("2021-02-04 00:25:00"), List.of("2021-02-05")));
    assertThat(words.index(cell, '.')).isEqualTo(index);
  }
}
