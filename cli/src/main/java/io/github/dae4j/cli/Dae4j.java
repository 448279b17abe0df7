package io.github.dae4j.cli;

import io.github.dae4j.cli.command.Encode;
import io.github.dae4j.cli.command.Evaluate;
import io.github.dae4j.cli.command.Export;
import io.github.dae4j.cli.command.Filters;
import io.github.dae4j.cli.command.Impute;
import io.github.dae4j.cli.command.Inspect;
import io.github.dae4j.cli.command.Predict;
import io.github.dae4j.cli.command.Reconstruct;
import io.github.dae4j.cli.command.Resume;
import io.github.dae4j.cli.command.Score;
import io.github.dae4j.cli.command.Train;
import io.github.dae4j.cli.command.Version;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.csv.StandardOutput;
import io.github.dae4j.cli.study.Study;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line: trains denoising autoencoders on tables, images and configurations, and uses
 * them.
 *
 * <p>Nothing here or in the commands' fields belongs to DL4J, so that help comes at once.
 */
@Command(
    name = "dae4j",
    description =
        "Trains denoising autoencoders on tables, images and configurations, and applies them.",
    subcommands = {
      Inspect.class,
      Train.class,
      Resume.class,
      Score.class,
      Impute.class,
      Encode.class,
      Reconstruct.class,
      Predict.class,
      Evaluate.class,
      Filters.class,
      Export.class,
      Study.class
    },
    sortOptions = false,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "For example:",
      "  dae4j train people.csv -o runs/people",
      "  dae4j score runs/people new.csv scores.csv",
      "  dae4j train configs/quickstart.yaml --set pretraining.epochs=3",
      "  dae4j encode output/quickstart images.csv codes.csv",
      "'dae4j COMMAND --help' explains a command, configs/README.md the configuration.",
      "(dae4j means java -jar dae4j.jar; java -Xmx8g -jar dae4j.jar gives it more memory.)"
    })
public final class Dae4j {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the versions of this program and of Java.")
  private boolean version;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Shows the stack trace of an error.")
  private boolean stacktrace;

  public static void main(String[] args) {
    StandardOutput.install();
    System.setProperty("java.awt.headless", "true"); // pictures need no display
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // digits that machines read
    System.exit(written(execute(args)));
  }

  /**
   * Standard output does not say by itself that what was printed is lost, as on a full disk; that
   * nobody reads it any more is no error.
   */
  private static int written(int code) {
    if (code != CommandLine.ExitCode.OK || !System.out.checkError()) {
      return code;
    }
    if (StandardOutput.isClosed()) {
      return StandardOutput.CLOSED;
    }
    System.err.println("error: standard output cannot be written");
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Runs a command and returns its exit code, as --help lists them. */
  public static int execute(String... args) {
    return CommandRunner.execute(new CommandLine(new Dae4j()), args);
  }
}
