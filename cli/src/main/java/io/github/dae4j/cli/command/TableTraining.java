package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.TableConfiguration;
import io.github.dae4j.cli.config.TableConfiguration.ModelConfiguration;
import io.github.dae4j.cli.console.OptionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The configuration that train has for a table which is given without one. */
final class TableTraining {

  static final long SEED = 1;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "Of a table: the column to predict; never an input. More than 20 different numbers are"
              + " predicted as a number, all else as classes; --column COLUMN=number, or =category,"
              + " says otherwise.")
  private String label;

  @Option(
      names = "--contamination",
      paramLabel = "SHARE",
      description = "Of a table: the share of rows that is flagged; 0.01 by default.")
  private Double contamination;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of a table or images: the same number gives the same model; 1 by default.")
  private Long seed;

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Of a table: minibatches of 64 rows that training takes; 3000 by default.")
  private Integer updates;

  @Mixin private ColumnOption columns;

  @Mixin private TableOptions table;

  long seed() {
    return seed == null ? SEED : seed;
  }

  boolean isQuery() {
    return table.isQuery();
  }

  /** Of a file, or of a query if that is null. */
  TableConfiguration configuration(String from) {
    OptionException.require(
        "--contamination",
        "in (0, 0.5]",
        contamination == null || contamination > 0 && contamination <= 0.5,
        contamination);
    OptionException.require("--updates", ">= 1", updates == null || updates >= 1, updates);
    return new TableConfiguration(
        seed(),
        table.data(from, label, columns.choices()),
        new ModelConfiguration(
            null,
            null,
            null,
            updates,
            contamination == null ? ModelConfiguration.DEFAULT.contamination() : contamination,
            ModelConfiguration.DEFAULT.detector()),
        null);
  }
}
