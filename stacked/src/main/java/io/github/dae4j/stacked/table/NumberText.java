package io.github.dae4j.stacked.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Numbers as people and programs write them: -1.5, 12,8, 1,234,567.8 and 1e-3. */
final class NumberText {

  /** The first six digits of the least double are within so many. */
  static final int MOST_DECIMALS = 330;

  private static final int USUAL_DECIMALS = 12;
  private static final int PLAIN_DECIMALS = 20; // of what is written without exponent
  private static final double[] TENS = new double[23]; // which a double has exactly
  private static final String INFINITY =
      "Infinity"; // as Java, JSON's dialects and databases write it
  private static final int MOST_DIGITS = 15; // of a whole number that a double has exactly

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  private static final Pattern OF_POINT =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}(,\\d{3})+)?(?<=\\d|^|[+-])(\\.\\d*)?([eE][+-]?\\d+)?");
  private static final Pattern OF_COMMA =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+)?(?<=\\d|^|[+-])(,\\d*)?([eE][+-]?\\d+)?");

  private NumberText() {}

  /** NaN of what is no number; infinite of "Infinity" and of what is beyond a double. */
  static double parse(String text, char decimal) {
    int at = 0;
    int end = text.length();
    boolean negative = end > 0 && text.charAt(0) == '-';
    if (end > 0 && (negative || text.charAt(0) == '+')) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int decimals = -1;
    for (; at < end; at++) {
      char mark = text.charAt(at);
      if (mark >= '0' && mark <= '9') {
        digits = 10 * digits + (mark - '0');
        count++;
        if (decimals >= 0) {
          decimals++;
        }
        if (count > MOST_DIGITS) {
          return slowly(text, decimal);
        }
      } else if (mark == decimal && decimals < 0) {
        decimals = 0;
      } else {
        return slowly(text, decimal);
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    double value = decimals > 0 ? digits / TENS[decimals] : digits;
    return negative ? -value : value;
  }

  private static double slowly(String text, char decimal) {
    String trimmed = text.strip();
    if (trimmed.endsWith(INFINITY) && trimmed.length() <= INFINITY.length() + 1) {
      return switch (trimmed.charAt(0)) {
        case '-' -> Double.NEGATIVE_INFINITY;
        case '+', 'I' -> Double.POSITIVE_INFINITY;
        default -> Double.NaN;
      };
    }
    boolean isNumber =
        !trimmed.isEmpty()
            && trimmed.chars().anyMatch(mark -> mark >= '0' && mark <= '9')
            && trimmed.chars().noneMatch(mark -> mark > 'e')
            && (decimal == ',' ? OF_COMMA : OF_POINT).matcher(trimmed).matches();
    if (!isNumber) {
      return Double.NaN;
    }
    String plain =
        decimal == ',' ? trimmed.replace(".", "").replace(',', '.') : trimmed.replace(",", "");
    try {
      return Double.parseDouble(plain);
    } catch (NumberFormatException e) { // "e5", which has digits only in its exponent
      return Double.NaN;
    }
  }

  /** The number of decimals that a number has when it is written without exponent: 4 of 2.5e-3. */
  static int decimals(String text, char decimal) {
    int mark = text.indexOf(decimal);
    int end = mark + 1;
    while (mark >= 0 && end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    int digits = mark < 0 ? 0 : end - mark - 1;
    int exponent = exponentAt(text);
    double decimals =
        exponent < 0 ? digits : digits - Double.parseDouble(text.substring(exponent + 1));
    return (int) Math.max(0, Math.min(MOST_DECIMALS, decimals));
  }

  static boolean hasExponent(String text) {
    return exponentAt(text) >= 0;
  }

  private static int exponentAt(String text) {
    return Math.max(text.indexOf('e'), text.indexOf('E'));
  }

  /**
   * So many of their decimals as are worth writing of numbers: 12, and six digits of the largest.
   *
   * @param largest absolute value
   */
  static int worthwhile(int decimals, double largest) {
    return Math.min(decimals, Math.max(USUAL_DECIMALS, zeros(largest) + 6));
  }

  /** The zeros between the decimal mark and the first other digit. */
  private static int zeros(double number) {
    return number == 0 ? 0 : Math.max(0, -1 - (int) Math.floor(Math.log10(Math.abs(number))));
  }

  /** A number in six decimals, or in more that show three digits of it. */
  static String shown(double number) {
    return format(number, Math.max(6, zeros(number) + 3), '.');
  }

  /** A number with so many decimals at most, without needless zeros; of a tiny one 1.6E-19. */
  static String format(double value, int decimals, char decimal) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    BigDecimal stripped = rounded.stripTrailingZeros();
    String text =
        stripped.scale() > PLAIN_DECIMALS ? stripped.toString() : stripped.toPlainString();
    return decimal == '.' ? text : text.replace('.', decimal);
  }
}
