package io.github.dae4j.cli.console;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.datasets.ImageShape;
import io.github.dae4j.ui.ImageExamples;
import io.github.dae4j.ui.TrainingPages;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
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
          "Shows training in a browser on this machine (127.0.0.1 only): DL4J's training pages and"
              + " one of filters and reconstructions. PORT is 9000 by default; 0 takes a free one."
              + " Each step then writes its gradients: slower, and equal up to rounding.")
  private Integer port;

  @Option(
      names = "--ui-stay",
      paramLabel = "MINUTES",
      defaultValue = "0",
      description = "Minutes to keep the pages of --ui open at the end; Ctrl-C closes them.")
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

  /** Checks that nothing was asked for. */
  public void requireNone(String of) {
    OptionException.require("--ui", "left out of " + of, port == null, port);
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

  /** The pages of {@code --ui} while a main runs; without that option nothing. */
  public static final class OpenPages implements AutoCloseable {

    private static final long MOST_REPORTS = 150; // each costs as much as dozens of steps

    private final TrainingPages pages;
    private final int minutes;
    private final Console console;
    private final Map<String, List<TrainingListener>> listeners = new HashMap<>();

    /** What --json says of them. */
    private record Address(String filters, String overview) {}

    /**
     * Says where they are.
     *
     * @param pages or null
     * @param minutes that they stay
     */
    OpenPages(TrainingPages pages, int minutes, Console console) {
      this.pages = pages;
      this.minutes = minutes;
      this.console = console;
      if (pages != null) {
        console.event(
            "ui",
            new Address(pages.address().toString(), pages.overview().toString()),
            "Training pages: %s, DL4J's: %s".formatted(pages.address(), pages.overview()));
      }
    }

    /**
     * Shows the training of a network too, in addition to what listens to it already.
     *
     * @param name of the training; the same for all that is done to one network
     * @param images that are shown, squares
     * @param steps of all its training, about
     */
    public void show(
        String name,
        MultiLayerNetwork network,
        INDArray images,
        Corruption corruption,
        long steps) {
      if (pages != null) {
        listeners
            .computeIfAbsent(
                name,
                unused ->
                    pages.listeners(
                        name,
                        network,
                        ImageExamples.ofSquares(images, corruption, network.conf().getSeed()),
                        (int) Math.max(1, steps / MOST_REPORTS)))
            .forEach(network::addListeners);
      }
    }

    /**
     * Checks that images can be shown.
     *
     * @throws OptionException if they are not grey and square
     */
    public void requireSquares(ImageShape shape) {
      boolean isSquare = shape.channels() == 1 && shape.height() == shape.width();
      OptionException.require(
          "--ui", "left out unless images are grey squares", pages == null || isSquare, shape);
    }

    /** When all is done: shows the end, and waits as long as the pages shall stay. */
    public void stay() {
      if (pages == null) {
        return;
      }
      pages.refresh();
      if (minutes > 0) {
        console.line(
            "The pages at %s stay open for %d minutes; Ctrl-C closes them",
            pages.address(), minutes);
        try {
          TimeUnit.MINUTES.sleep(minutes);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt(); // then they end now
        }
      }
    }

    @Override
    public void close() {
      if (pages != null) {
        pages.close();
      }
    }
  }
}
