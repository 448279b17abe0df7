package io.github.dae4j.cli.console;

import io.github.dae4j.ui.TrainingPages;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether training is shown in a browser. */
public final class UiOptions {

  private static final String USUAL_PORT = "9000";
  private static final int LARGEST_PORT = 0xFFFF;

  @Option(
      names = "--ui",
      arity = "0..1",
      paramLabel = "PORT",
      fallbackValue = USUAL_PORT,
      preprocessor = AttachedPort.class,
      description =
          "Shows the training in a browser on this machine, at 127.0.0.1 alone: DL4J's training"
              + " pages, and one of filters and reconstructions. At port 9000 without PORT; 0 takes"
              + " a free one. DL4J's own steps are taken then, slower and equal up to rounding.")
  private Integer port;

  @Option(
      names = "--ui-stay",
      paramLabel = "MINUTES",
      defaultValue = "0",
      description = "Minutes that the pages of --ui stay when all is done; Ctrl-C ends them.")
  private int minutes;

  /** PORT belongs to --ui by '=' alone: what follows after a space may be something else. */
  private static final class AttachedPort implements IParameterPreprocessor {

    @Override
    public boolean preprocess(
        Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        arguments.push(USUAL_PORT);
      }
      return false;
    }
  }

  /** Checks what was asked for. */
  public void require() {
    OptionException.require(
        "--ui", "in [0, 65535]", port == null || port >= 0 && port <= LARGEST_PORT, port);
    OptionException.require("--ui-stay", ">= 0", minutes >= 0, minutes);
    OptionException.require("--ui-stay", "0 without --ui", minutes == 0 || port != null, minutes);
  }

  /**
   * Opens the pages that were asked for, if any, and says where.
   *
   * @throws OptionException if the port cannot be opened
   */
  public OpenPages open(Console console) {
    if (port == null) {
      return new OpenPages(null, minutes, console);
    }
    try {
      return new OpenPages(TrainingPages.open(port), minutes, console);
    } catch (UncheckedIOException e) {
      throw OptionException.of("--ui", e.getMessage());
    }
  }
}
