package io.github.dae4j.cli.command;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.table.TableInput;
import io.github.dae4j.cli.table.TableRun;
import io.github.dae4j.cli.table.TableSource;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableProfile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What training would make of a table, or of images. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = {
      "Shows how a CSV file is written, and what each of its columns would become; or size, colour and"
          + " classes of images.",
      "It reads all of them once, and trains nothing."
    })
public final class Inspect implements Callable<Integer> {

  private static final List<String> TABLES =
      List.of("--column", "--separator", "--decimal", "--header", "--missing", "--encoding");

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description =
          "A table, gzipped or not; - is standard input. Or images, as 'train' takes them: a folder, or"
              + " a .npy file. Left out with --jdbc.")
  private String from;

  @Mixin private TableOptions table;
  @Mixin private ColumnOption columns;
  @Mixin private ImageTraining images;

  @Option(
      names = {"-q", "--quiet"},
      description = "Of a table only the columns, not how the file is written.")
  private boolean quiet;

  @Option(
      names = "--json",
      description = "For programs: one JSON object on a line of standard output.")
  private boolean json;

  @Option(names = "--yaml", description = "Prints a configuration to edit, which 'train' accepts.")
  private boolean yaml;

  @Spec private CommandSpec command;

  /** What --json says. */
  private record Result(
      String table,
      long rows,
      Map<String, Long> missing,
      DialectResult dialect,
      List<TableRun.ColumnResult> columns) {}

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

  @Override
  public Integer call() {
    OptionException.require("--json", "left out beside --yaml", !(json && yaml), "both");
    OptionException.require("DATA", "left out with --jdbc", from == null || !table.isQuery(), from);
    if (from == null && !table.isQuery()) {
      throw new ParameterException(command.commandLine(), "Missing required parameter: 'DATA'");
    }
    OptionException.require(
        "DATA", "a file or a folder", from == null || !from.isEmpty(), "nothing");
    OptionException.require(
        "DATA",
        "a table or images, not a configuration",
        from == null || !from.toLowerCase(Locale.ROOT).matches(".*\\.ya?ml"),
        from);
    PrintWriter out =
        json || yaml ? Console.ofPrograms(System.out) : command.commandLine().getOut();
    Console console = new Console(out, quiet, json);
    if (from != null && ImageTraining.areImages(from)) {
      OptionException.requireLeftOut(command.commandLine(), "images", TABLES);
      inspectImages(console);
    } else {
      OptionException.requireLeftOut(command.commandLine(), "a table", ImageTraining.OPTIONS);
      inspectTable(console);
    }
    return 0;
  }

  private void inspectImages(Console console) {
    Backends.startQuietly(1);
    ExperimentConfiguration configuration =
        images.configuration(Path.of(from), TableTraining.SEED, said -> {});
    Experiment experiment = open(configuration, console);
    if (yaml) {
      console.line("%s", InspectedImages.yaml(experiment));
      return;
    }
    InspectedImages inspected = InspectedImages.of(experiment.digits());
    console.result(inspected);
    if (!console.isJson()) {
      inspected.print(console);
    }
  }

  private static Experiment open(ExperimentConfiguration configuration, Console console) {
    try (Stages stages = new Stages(console)) {
      return Experiment.open(configuration, stages);
    }
  }

  private void inspectTable(Console console) {
    TableData data = table.data(from, null, columns.choices());
    Table read = TableSource.open(data);
    TableProfile profile = profile(read, console, data);
    if (yaml) {
      console.line("%s", InspectedConfiguration.yaml(data, profile, read));
      return;
    }
    List<String> reasons = read.dialect().map(Table.Dialect::reasons).orElse(List.of());
    console.result(
        new Result(
            profile.name(),
            profile.rows(),
            profile.missingWords(),
            read.dialect().map(DialectResult::of).orElse(null),
            profile.columns().stream().map(TableRun.ColumnResult::of).toList()));
    if (!console.isJson()) {
      console.line(
          "%s: %,d rows, %d columns", profile.name(), profile.rows(), profile.columns().size());
      if (!quiet) {
        reasons.forEach(reason -> console.line("  %s", reason));
        missing(profile).ifPresent(words -> console.line("  missing %s", words));
      }
      console.line("");
      lines(profile.columns()).forEach(line -> console.line("%s", line));
    }
  }

  /** Which words were taken as missing, and how often: "'NA' (12), '' (3)". */
  private static Optional<String> missing(TableProfile profile) {
    Map<String, Long> words = profile.missingWords();
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(
            words.entrySet().stream()
                .map(
                    word ->
                        word.getKey().isEmpty()
                            ? "empty cells (%,d)".formatted(word.getValue())
                            : "'%s' (%,d)".formatted(word.getKey(), word.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private TableProfile profile(Table read, Console console, TableData data) {
    try (Stages stages = new Stages(console)) {
      stages.update("Reading rows", 0, -1);
      return TableInput.checked(
          read.name(),
          () -> TableProfile.of(read, data.columns() == null ? Map.of() : data.columns()));
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
