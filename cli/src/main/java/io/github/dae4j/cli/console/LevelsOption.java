package io.github.dae4j.cli.console;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** Several levels of masking. */
public final class LevelsOption {

  @Option(
      names = "--corruption",
      paramLabel = "LEVEL[,LEVEL...]",
      defaultValue = "0,0.3",
      description = "Probability with which masking sets a pixel to 0, for each autoencoder.")
  private String corruption;

  /** The levels, which are different to the eye too. */
  public double[] levels() {
    String[] texts = corruption.split(",", -1);
    double[] levels = new double[texts.length];
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < levels.length; i++) {
      levels[i] = OptionException.number("--corruption", texts[i]);
      OptionException.require(
          "--corruption", "in [0, 1]", levels[i] >= 0 && levels[i] <= 1, levels[i]);
      OptionException.require(
          "--corruption", "different levels", seen.add(decimal(100 * levels[i])), corruption);
    }
    return levels;
  }

  /** A level with no more than four decimals: "0.3". */
  public static String decimal(double value) {
    return new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }
}
