package io.github.dae4j.cli.console;

import io.github.dae4j.cli.experiment.TableComparison.Settings;
import io.github.dae4j.datasets.DrawnTable;
import io.github.dae4j.datasets.LabelledTable;
import io.github.dae4j.datasets.Penguins;
import java.util.List;
import picocli.CommandLine.Option;

/** How a table's autoencoder is trained with swap noise, and how often. */
public final class SwapNoiseOptions {

  private static final int DRAWN_ROWS = 1000;

  @Option(
      names = "--table",
      paramLabel = "penguins|drawn",
      defaultValue = "penguins",
      description = {
        "penguins: 344 rows, of which the sex is to be told;",
        "drawn: 1000 rows of a table that this program draws, many columns with few causes."
      })
  private String table;

  @Option(
      names = "--labels",
      paramLabel = "N[,N...]",
      defaultValue = "10,20,40,80,all",
      description = "How many training rows have labels.")
  private String labels;

  @Option(
      names = "--corruption",
      paramLabel = "LEVEL",
      defaultValue = "0.3",
      description = "Probability with which a cell gets that of another row.")
  private double level;

  @Option(names = "--units", defaultValue = "10", description = "Units of the code.")
  private int units;

  @Option(names = "--epochs", defaultValue = "50", description = "Epochs of pretraining.")
  private int epochs;

  @Option(names = "--rate", defaultValue = "0.003", description = "Learning rate of Adam.")
  private double rate;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often all is done, with other rows for training and validation.")
  private int repeats;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of everything random.")
  private long seed;

  /** The numbers of labels, ascending, among so many training rows that have one. */
  public List<Integer> counts(int train) {
    return LabelOptions.counts(labels, train);
  }

  public int repeats() {
    return repeats;
  }

  public long seed() {
    return seed;
  }

  /** Reads or draws the table. */
  public LabelledTable table() {
    boolean drawn = table.equals("drawn");
    OptionException.require(
        "--table", "penguins or drawn", drawn || table.equals("penguins"), table);
    return drawn ? DrawnTable.draw(DRAWN_ROWS, seed) : Penguins.read();
  }

  /** The settings of the autoencoder, checked. */
  public Settings settings(int batch) {
    OptionException.require("--corruption", "in [0, 1]", level >= 0 && level <= 1, level);
    OptionException.require("--units", ">= 1", units >= 1, units);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    OptionException.require("--rate", "> 0", rate > 0 && Double.isFinite(rate), rate);
    OptionException.require("--repeats", ">= 1", repeats >= 1, repeats);
    return new Settings(level, units, epochs, batch, rate);
  }
}
