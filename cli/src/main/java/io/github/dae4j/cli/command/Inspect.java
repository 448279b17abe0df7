package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.ConsoleOptions;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.table.TableInput;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableProfile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What training would make of a table. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = {
      "Shows how a CSV file is written, and what each of its columns would become.",
      "It reads all rows once, and trains nothing."
    })
public final class Inspect implements Callable<Integer> {

  @Parameters(
      paramLabel = "TABLE.csv",
      description = "The table, gzipped or not; - is standard input.")
  private String from;

  @Mixin private TableOptions table;
  @Mixin private ColumnOption columns;
  @Mixin private ConsoleOptions options;
  @Spec private CommandSpec command;

  /** What --json says. */
  private record Result(
      String table, long rows, DialectResult dialect, List<ColumnResult> columns) {}

  private record DialectResult(
      String separator,
      String quote,
      String decimal,
      boolean header,
      String encoding,
      boolean byteOrderMark,
      boolean gzip,
      List<String> reasons) {

    static DialectResult of(Table.Dialect dialect) {
      return new DialectResult(
          String.valueOf(dialect.separator()),
          String.valueOf(dialect.quote()),
          String.valueOf(dialect.decimal()),
          dialect.header(),
          dialect.encoding().name(),
          dialect.byteOrderMark(),
          dialect.gzip(),
          dialect.reasons());
    }
  }

  private record ColumnResult(
      String name, String type, String reason, boolean input, long known, long missing) {

    static ColumnResult of(TableProfile.ColumnGuess guess) {
      return new ColumnResult(
          guess.name(),
          guess.type().word(),
          guess.reason(),
          guess.input().isPresent(),
          guess.known(),
          guess.missing());
    }
  }

  @Override
  public Integer call() {
    Console console = options.on(command.commandLine().getOut());
    Table read = TableInput.repeatable(from, table.csv());
    TableProfile profile = profile(read, console);
    List<String> reasons = read.dialect().map(Table.Dialect::reasons).orElse(List.of());
    console.result(
        new Result(
            profile.name(),
            profile.rows(),
            read.dialect().map(DialectResult::of).orElse(null),
            profile.columns().stream().map(ColumnResult::of).toList()));
    if (!console.isJson()) {
      console.line(
          "%s: %,d rows, %d columns", profile.name(), profile.rows(), profile.columns().size());
      if (!options.quiet()) {
        reasons.forEach(reason -> console.line("  %s", reason));
      }
      console.line("");
      lines(profile.columns()).forEach(line -> console.line("%s", line));
    }
    return 0;
  }

  private TableProfile profile(Table read, Console console) {
    try (Stages stages = new Stages(console)) {
      stages.update("Reading rows", 0, -1);
      return TableInput.checked(from, () -> TableProfile.of(read, columns.choices()));
    }
  }

  /** A line for each column, with names and types below each other. */
  static List<String> lines(List<TableProfile.ColumnGuess> guesses) {
    int name = width(guesses.stream().map(TableProfile.ColumnGuess::name).toList(), 32);
    int type = width(guesses.stream().map(guess -> type(guess)).toList(), 24);
    return guesses.stream()
        .map(
            guess ->
                ("%-" + name + "s  %-" + type + "s  %s%s")
                    .formatted(
                        guess.name(),
                        type(guess),
                        guess.reason(),
                        guess.missing() == 0 ? "" : "; %,d missing".formatted(guess.missing())))
        .toList();
  }

  private static String type(TableProfile.ColumnGuess guess) {
    return guess.type().word()
        + switch (guess.type()) {
          case LABEL, SKIPPED -> "";
          default -> guess.input().isPresent() ? "" : ", left out";
        };
  }

  private static int width(List<String> words, int most) {
    return Math.max(1, Math.min(most, words.stream().mapToInt(String::length).max().orElse(1)));
  }
}
