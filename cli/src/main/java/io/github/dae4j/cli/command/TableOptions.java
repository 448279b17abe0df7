package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.stacked.table.CsvOptions;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a CSV file is written, where what is found out is wrong. */
final class TableOptions {

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      description = "Between cells; 'tab' is a tab. Found out by default, as all of these.")
  private String separator;

  @Option(names = "--decimal", paramLabel = "CHAR", description = "In numbers: '.' or ','.")
  private String decimal;

  @Option(
      names = "--header",
      paramLabel = "yes|no",
      description = "Whether the first line has the columns' names.")
  private String header;

  @Option(
      names = "--missing",
      paramLabel = "WORDS",
      description = "What stands in cells that say nothing, separated by commas, as \"NA,?,\".")
  private String missing;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "Of the text, as UTF-8 or windows-1252.")
  private String encoding;

  /** Null if it is to be found out. */
  Boolean header() {
    if (header == null) {
      return null;
    }
    String word = header.toLowerCase(Locale.ROOT);
    OptionException.require("--header", "yes or no", List.of("yes", "no").contains(word), header);
    return word.equals("yes");
  }

  CsvOptions csv() {
    return new CsvOptions(
        separator == null ? null : separatorChar(),
        null,
        decimal == null ? null : oneChar("--decimal", decimal),
        header(),
        missing == null ? null : List.of(missing.split(",", -1)),
        encoding == null ? null : charset());
  }

  private char separatorChar() {
    boolean isTab = separator.equalsIgnoreCase("tab") || separator.equals("\\t");
    char mark = isTab ? '\t' : oneChar("--separator", separator);
    OptionException.require(
        "--separator",
        "one character, no letter, digit or quote",
        !Character.isLetterOrDigit(mark) && mark != '"' && mark != '\n' && mark != '\r',
        separator);
    return mark;
  }

  private static char oneChar(String option, String text) {
    boolean isDecimal = option.equals("--decimal");
    OptionException.require(
        option,
        isDecimal ? "'.' or ','" : "one character, or tab",
        isDecimal ? text.equals(".") || text.equals(",") : text.length() == 1,
        text.isEmpty() ? "nothing" : text);
    return text.charAt(0);
  }

  private Charset charset() {
    try {
      return Charset.forName(encoding);
    } catch (IllegalArgumentException e) {
      OptionException.require("--encoding", "one that Java knows, as UTF-8", false, encoding);
      throw e;
    }
  }
}
