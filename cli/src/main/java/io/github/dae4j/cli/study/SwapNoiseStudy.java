package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.RunOptions;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.study.TableComparison.Settings;
import io.github.dae4j.cli.study.TableComparison.TableResult;
import io.github.dae4j.cli.study.TableComparison.TableSplit;
import io.github.dae4j.cli.study.TableReport.Errors;
import io.github.dae4j.datasets.DrawnTable;
import io.github.dae4j.datasets.LabelledTable;
import io.github.dae4j.datasets.Penguins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Codes of a table with columns of several kinds, learnt with swap noise and without labels, as the
 * features of a linear model, beside the same model on the table's own columns.
 */
@Command(
    name = "tabular-swap-noise",
    description = {
      "Compares codes of table rows with raw columns.",
      "A denoising autoencoder is trained with swap noise; linear models predict labels from its"
          + " codes and from the columns.",
      "Labelled validation rows choose the penalty of each model."
    },
    showDefaultValues = true,
    sortOptions = false)
public final class SwapNoiseStudy implements Callable<Integer> {

  private static final int DRAWN_ROWS = 1000;

  @Option(
      names = "--table",
      paramLabel = "penguins|drawn",
      defaultValue = "penguins",
      description = {
        "penguins: 344 rows, whose sex is predicted;",
        "drawn: 1000 synthetic rows, many columns with few latent causes."
      })
  private String table;

  @Option(
      names = "--labels",
      paramLabel = "N[,N...]",
      defaultValue = "10,20,40,80,all",
      description = "Numbers of labelled training rows.")
  private String labels;

  @Option(
      names = "--corruption",
      paramLabel = "LEVEL",
      defaultValue = "0.3",
      description = "Probability that a cell takes the value of another row.")
  private double level;

  @Option(names = "--units", paramLabel = "N", defaultValue = "10", description = "Hidden units.")
  private int units;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "50",
      description = "Epochs of pretraining.")
  private int epochs;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "0.003",
      description = "Learning rate of Adam.")
  private double rate;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of repetitions, each with new training and validation rows.")
  private int repeats;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Random seed.")
  private long seed;

  @Mixin private RunOptions options;

  /** A split that is done. */
  private record Split(int split, int of) {}

  @Override
  public Integer call() throws IOException {
    options.require();
    Settings settings = settings(options.batch());
    LabelledTable table = readTable();
    List<Integer> counts = counts(table);
    options.start();
    options.makeFolder();

    List<TableResult> models = new ArrayList<>();
    for (int split = 1; split <= repeats; split++) {
      models.addAll(compare(table, settings, counts, split));
      options
          .console()
          .event("split", new Split(split, repeats), "split %d of %d".formatted(split, repeats));
    }
    TableReport report = report(table, settings, counts, models);
    report.print(options.console());
    report.chart().write(options.output().resolve("linear-models.png"));
    options.finish("Swap noise on " + report.data(), report, report.sections());
    return 0;
  }

  private List<Integer> counts(LabelledTable table) {
    int known = (int) table.labels().stream().filter(label -> !label.isEmpty()).count();
    return FewLabelsStudy.counts(labels, TableSplit.mostLabels(known));
  }

  private List<TableResult> compare(
      LabelledTable table, Settings settings, List<Integer> counts, int split) throws IOException {
    try (Stages stages = options.stages()) {
      String task = "split %d of %d".formatted(split, repeats);
      stages.update(task, 0, counts.size() + 1);
      TableComparison comparison = new TableComparison(table, settings, seed, seed + split - 1);
      if (split == 1) {
        comparison.save(options.output());
      }
      List<TableResult> models = new ArrayList<>();
      for (int count : counts) {
        stages.update(task, models.size() + 1, counts.size() + 1);
        models.add(comparison.compare(count));
      }
      return models;
    }
  }

  private TableReport report(
      LabelledTable table, Settings settings, List<Integer> counts, List<TableResult> models) {
    return new TableReport(
        options.commandLine(),
        table.name(),
        table.rows().size(),
        options.backend(),
        seed,
        repeats,
        settings,
        counts.stream().map(count -> Errors.of(count, models)).toList(),
        models);
  }

  /** Reads or draws the table. */
  private LabelledTable readTable() {
    boolean drawn = table.equals("drawn");
    OptionException.require(
        "--table", "penguins or drawn", drawn || table.equals("penguins"), table);
    return drawn ? DrawnTable.draw(DRAWN_ROWS, seed) : Penguins.read();
  }

  /** The settings of the autoencoder, checked. */
  private Settings settings(int batch) {
    OptionException.require("--corruption", "in [0, 1]", level >= 0 && level <= 1, level);
    OptionException.require("--units", ">= 1", units >= 1, units);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    OptionException.require("--rate", "> 0", rate > 0 && Double.isFinite(rate), rate);
    OptionException.require("--repeats", ">= 1", repeats >= 1, repeats);
    return new Settings(level, units, epochs, batch, rate);
  }
}
