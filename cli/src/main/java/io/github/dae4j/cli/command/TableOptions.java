package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.Secrets;
import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.cli.config.TableData.Words;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.stacked.table.CsvOptions;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How a CSV file is written, where what is found out is wrong. */
final class TableOptions {

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      description =
          "The character between cells, as ';' or 'tab'. Found out by default, as all of these.")
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
      description =
          "What missing cells hold, separated by commas, as \"NA,?,\". By default: nothing, NA, N/A,"
              + " n/a, #N/A, NaN, nan, null, NULL, Null, ?, . and \\N.")
  private String missing;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "Of the text, as UTF-8 or windows-1252.")
  private String encoding;

  @Option(
      names = "--jdbc",
      paramLabel = "URL",
      description =
          "In place of a file: a database, as jdbc:postgresql://host/db?user=me, whose driver is on the"
              + " class path. DAE4J_JDBC_PASSWORD may hold the password.")
  private String jdbc;

  @Option(names = "--query", paramLabel = "SQL", description = "With --jdbc: what gives the rows.")
  private String query;

  /** Whether the rows come from a database. */
  boolean isQuery() {
    OptionException.require("--query", "given with --jdbc", jdbc == null || query != null, query);
    OptionException.require("--jdbc", "given with --query", query == null || jdbc != null, jdbc);
    OptionException.require(
        "--jdbc",
        "a URL that begins with jdbc:",
        jdbc == null || jdbc.startsWith("jdbc:"),
        jdbc == null ? "" : Secrets.hidden(jdbc));
    return jdbc != null;
  }

  /** A file, or the query if that is null. */
  TableData data(String from, String label, Map<String, String> columns) {
    CsvOptions csv = csv();
    Map<String, String> chosen = columns.isEmpty() ? null : columns;
    return isQuery()
        ? new TableData.Query(jdbc, query, label, chosen, csv.missing())
        : new TableData.File(
            from,
            label,
            chosen,
            csv.missing(),
            csv.separator(),
            csv.decimal(),
            csv.header(),
            csv.encoding());
  }

  TableData data(String from) {
    return data(from, null, Map.of());
  }

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
        mark("--separator", separator, Words::separator, Words.SEPARATOR_RULE),
        null,
        mark("--decimal", decimal, Words::decimal, Words.DECIMAL_RULE),
        header(),
        missing == null ? null : List.of(missing.split(",", -1)),
        encoding == null ? null : charset());
  }

  /** Images are no rows. */
  void requireNone() {
    requirePlain();
    requireLeftOut("--header", header);
    requireLeftOut("--jdbc", jdbc == null ? null : Secrets.hidden(jdbc));
    requireLeftOut("--query", query);
  }

  /** Rows of plain numbers are UTF-8 with commas between the numbers and points in them. */
  void requirePlain() {
    requireLeftOut("--separator", separator);
    requireLeftOut("--decimal", decimal);
    requireLeftOut("--missing", missing);
    requireLeftOut("--encoding", encoding);
  }

  private static void requireLeftOut(String option, String value) {
    OptionException.require(
        option, "left out unless the model is of a table", value == null, value);
  }

  private static Character mark(
      String option, String text, Function<String, Optional<Character>> marks, String rule) {
    if (text == null) {
      return null;
    }
    Optional<Character> mark = marks.apply(text);
    OptionException.require(option, rule, mark.isPresent(), text.isEmpty() ? "nothing" : text);
    return mark.orElseThrow();
  }

  private Charset charset() {
    try {
      Charset charset = Charset.forName(encoding);
      OptionException.require(
          "--encoding", "one that can be written, too, as UTF-8", charset.canEncode(), encoding);
      return charset;
    } catch (IllegalArgumentException e) {
      OptionException.require("--encoding", "one that Java knows, as UTF-8", false, encoding);
      throw e;
    }
  }
}
