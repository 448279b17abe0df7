package io.github.dae4j.cli.console;

import io.github.dae4j.cli.experiment.TutorialStack.Settings;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** How the tutorials' stack is made and trained. */
public final class TutorialStackOptions {

  @Option(
      names = "--layers",
      defaultValue = "500,500",
      paramLabel = "N[,N...]",
      description = "Units of each code, from the first to the top.")
  private String layers;

  @Option(
      names = "--corruption",
      defaultValue = "0.2",
      paramLabel = "LEVEL",
      description = "Probability with which masking sets an input of a layer to 0.")
  private double level;

  @Option(names = "--pretrain-epochs", defaultValue = "5", description = "For each layer.")
  private int pretrainEpochs;

  @Option(names = "--pretrain-rate", defaultValue = "0.1", description = "Learning rate of SGD.")
  private double pretrainRate;

  @Option(names = "--epochs", defaultValue = "10", description = "Epochs of fine-tuning.")
  private int epochs;

  @Option(names = "--rate", defaultValue = "0.1", description = "Rate of fine-tuning.")
  private double rate;

  /** The settings, checked. */
  public Settings settings(int batch, long seed) {
    List<Integer> widths = Arrays.stream(layers.split(",", -1)).map(this::width).toList();
    OptionException.require("--corruption", "in [0, 1]", level >= 0 && level <= 1, level);
    OptionException.require("--pretrain-epochs", ">= 1", pretrainEpochs >= 1, pretrainEpochs);
    requireRate("--pretrain-rate", pretrainRate);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    requireRate("--rate", rate);
    return new Settings(widths, level, pretrainEpochs, pretrainRate, epochs, rate, batch, seed);
  }

  private int width(String text) {
    double width = OptionException.number("--layers", text);
    OptionException.require("--layers", "whole and >= 1", width >= 1 && width == (int) width, text);
    return (int) width;
  }

  private static void requireRate(String option, double rate) {
    OptionException.require(option, "> 0", rate > 0 && Double.isFinite(rate), rate);
  }
}
