package io.github.dae4j.cli.console;

import io.github.dae4j.datasets.PlantedTable;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How both parts of the search for anomalies are trained. */
public final class AnomalyOptions {

  @Option(names = "--hidden", defaultValue = "50", description = "Units of the digits' code.")
  private int hidden;

  @Option(
      names = "--corruption",
      defaultValue = "0.5",
      paramLabel = "LEVEL",
      description = "Probability with which masking sets a pixel to 0.")
  private double corruption;

  @Option(names = "--epochs", defaultValue = "5", description = "Passes over the digits.")
  private int epochs;

  @Option(
      names = "--contamination",
      defaultValue = "0.05",
      paramLabel = "SHARE",
      description = "Share of the digits trained on that lies above the threshold.")
  private double contamination;

  @Option(names = "--rows", defaultValue = "4000", description = "Rows of the table.")
  private int rows;

  @Option(names = "--table-epochs", defaultValue = "20", description = "Passes over the table.")
  private int tableEpochs;

  /** Checks all. */
  public void require() {
    OptionException.require("--hidden", ">= 1", hidden >= 1, hidden);
    OptionException.require(
        "--corruption", "in [0, 1]", corruption >= 0 && corruption <= 1, corruption);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    OptionException.require(
        "--contamination",
        "in [0, 0.5]",
        contamination >= 0 && contamination <= 0.5,
        contamination);
    OptionException.require(
        "--rows", ">= " + PlantedTable.ROWS_FOR_ONE, rows >= PlantedTable.ROWS_FOR_ONE, rows);
    OptionException.require("--table-epochs", ">= 1", tableEpochs >= 1, tableEpochs);
  }

  public int hidden() {
    return hidden;
  }

  public double corruption() {
    return corruption;
  }

  public int epochs() {
    return epochs;
  }

  public double contamination() {
    return contamination;
  }

  public int rows() {
    return rows;
  }

  public int tableEpochs() {
    return tableEpochs;
  }

  /** Which digits are left out of training. */
  public static final class UnseenOption {

    private static final int CLASSES = 10;

    @Option(
        names = "--unseen",
        paramLabel = "DIGIT[,DIGIT...]",
        defaultValue = "0,5,9",
        description = "Splits that are left out of training, and to be found in the test.")
    private String unseen;

    /** The digits, at least one, but not all. */
    public Set<Integer> digits() {
      String[] words = unseen.split(",", -1);
      Set<Integer> digits =
          Arrays.stream(words)
              .filter(word -> word.matches("[0-9]"))
              .map(Integer::valueOf)
              .collect(Collectors.toCollection(TreeSet::new));
      OptionException.require(
          "--unseen",
          "different digits from 0 to 9, but not all",
          digits.size() == words.length && digits.size() < CLASSES,
          unseen);
      return digits;
    }
  }
}
