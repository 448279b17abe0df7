package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.ProgressBars;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.internal.file.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** By which model, from where and to where a command maps rows. */
final class CsvArguments {

  @Mixin private ModelArgument model;

  @Parameters(
      index = "1",
      paramLabel = "IN.csv",
      description =
          "A row of numbers for each example, separated by commas; - is standard input. A first row"
              + " without any number is a header.")
  private String in;

  @Parameters(
      index = "2",
      paramLabel = "OUT.csv",
      description =
          "Written whole or not at all, with a header if IN.csv has one; - is standard output."
              + " Numbers read back to the same bits.")
  private String out;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only errors are shown.")
  private boolean quiet;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  Model load() {
    return model.load();
  }

  /** Of commands that were killed while they wrote beside OUT.csv. */
  private void clearLeftovers() {
    Path folder = Path.of(out).toAbsolutePath().getParent();
    if (folder != null && Files.isDirectory(folder)) {
      WholeFile.clearLeftovers(folder);
    }
  }

  /** Maps the rows and says on standard error how many there were. */
  void map(CsvMap map) {
    String task = command.name();
    clearLeftovers();
    long rows =
        map.map(
            in, out, (bytes, total) -> quiet ? bytes : ProgressBars.watched(task, bytes, total));
    if (!quiet) {
      command.commandLine().getErr().printf("%s: %d rows%n", task, rows);
    }
  }
}
