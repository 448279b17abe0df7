package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1            | . | 1
          -1.5         | . | -1.5
          +.5          | . | 0.5
          5.           | . | 5
          1e3          | . | 1000
          -1.5E-2      | . | -0.015
          1,234        | . | 1234
          1,234,567.5  | . | 1234567.5
          12,8         | ',' | 12.8
          1.234,5      | ',' | 1234.5
          1.234.567    | ',' | 1234567
          -0,5e2       | ',' | -50
          123456789012345678901234567890 | . | 123456789012345678901234567890
          0.1234567890123456789 | . | 0.1234567890123456789
          1e999        | . | Infinity
          -1e999       | . | -Infinity
          Infinity     | . | Infinity
          -Infinity    | ',' | -Infinity
          +Infinity    | . | Infinity
          """)
  void numbersAreRead(String text, char decimal, double value) {
    assertThat(NumberText.parse(text, decimal)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "e5",
        "1e",
        "1e+",
        "0x1",
        "1f",
        "1d",
        "NaN",
        "infinity",
        "xInfinity",
        "--Infinity",
        "1Infinity",
        "1 2",
        "1,2",
        "1,23,456",
        "12,8",
        "1..2",
        "--1",
        "1-",
        "٣",
        "1_000",
        ",123",
        ",",
        "1,234,56",
        "12.01.2012"
      })
  void whatIsNoNumberIsNotRead(String text) {
    assertThat(NumberText.parse(text, '.')).as(text).isNaN();
  }

  /** As exact as Java's own reading. */
  @Test
  void anyDoubleComesBack() {
    Random random = new Random(1);
    for (int trial = 0; trial < 20_000; trial++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(30) - 15);
      String plain = new BigDecimal(value).toPlainString();
      for (String text :
          new String[] {
            Double.toString(value),
            plain,
            String.format(Locale.ROOT, "%.3f", value),
            String.format(Locale.ROOT, "%.9f", value)
          }) {
        assertThat(NumberText.parse(text, '.')).as(text).isEqualTo(Double.parseDouble(text));
        assertThat(NumberText.parse(text.replace('.', ','), ','))
            .as(text)
            .isEqualTo(Double.parseDouble(text));
      }
    }
  }

  @Test
  void numbersAreWrittenWithoutNeedlessDigits() {
    assertThat(NumberText.format(1234.5, 2, ',')).isEqualTo("1234,5");
    assertThat(NumberText.format(-0.0004, 3, '.')).isEqualTo("0");
    assertThat(NumberText.format(1e20, 0, '.')).isEqualTo("100000000000000000000");
    assertThat(NumberText.format(2.5, 0, '.')).isEqualTo("2");
    assertThat(NumberText.decimals("12,80", ',')).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "12.80, 2",
    "1e-3, 3",
    "2.6E-4, 5",
    "-2.6e-04, 5",
    "1.5E+3, 0",
    "1.2345678E7, 0",
    "1.23456785E7, 1",
    "1e-99999999999, 330",
    "1e99999999999, 0"
  })
  void decimalsAreThoseWithoutExponent(String text, int decimals) {
    assertThat(NumberText.decimals(text, '.')).isEqualTo(decimals);
    assertThat(NumberText.decimals(text.replace('.', ','), ',')).isEqualTo(decimals);
  }
}
