package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.RunOptions;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.console.SwapNoiseOptions;
import io.github.dae4j.cli.console.TableErrors;
import io.github.dae4j.cli.experiment.TableComparison;
import io.github.dae4j.cli.experiment.TableComparison.Settings;
import io.github.dae4j.cli.experiment.TableComparison.TableResult;
import io.github.dae4j.cli.experiment.TableReport;
import io.github.dae4j.cli.experiment.TableReport.Errors;
import io.github.dae4j.cli.experiment.TableSplit;
import io.github.dae4j.datasets.LabelledTable;
import io.github.dae4j.report.Png;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Codes of a table with columns of several kinds, learnt with swap noise and without labels, as the
 * features of a linear model, beside the same model on the table's own columns.
 */
@Command(
    name = "tabular-swap-noise",
    description = {
      "Compares codes of a table with its raw columns.",
      "A denoising autoencoder is trained with swap noise; linear models predict labels from its"
          + " codes and from the columns.",
      "Validation rows have labels besides: they choose each model's penalty."
    },
    showDefaultValues = true,
    sortOptions = false)
public final class TabularSwapNoise implements Callable<Integer> {

  @Mixin private SwapNoiseOptions noise;
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    options.require();
    Settings settings = noise.settings(options.batch());
    LabelledTable table = noise.table();
    List<Integer> counts = counts(table);
    options.start();
    options.makeFolder();

    List<TableResult> models = new ArrayList<>();
    for (int split = 1; split <= noise.repeats(); split++) {
      models.addAll(compare(table, settings, counts, split));
      new TableErrors(options.console()).printSplit(split, noise.repeats());
    }
    TableReport report = report(table, settings, counts, models);
    new TableErrors(options.console()).print(report);
    Png.write(report.chart(), options.output().resolve("linear-models.png"));
    options.finish("Swap noise on " + report.data(), report, report.sections());
    return 0;
  }

  private List<Integer> counts(LabelledTable table) {
    int known = (int) table.labels().stream().filter(label -> !label.isEmpty()).count();
    return noise.counts(TableSplit.mostLabels(known));
  }

  private List<TableResult> compare(
      LabelledTable table, Settings settings, List<Integer> counts, int split) throws IOException {
    try (Stages stages = options.stages()) {
      String task = "split %d of %d".formatted(split, noise.repeats());
      stages.update(task, 0, counts.size() + 1);
      long seed = noise.seed() + split - 1;
      TableComparison comparison = new TableComparison(table, settings, noise.seed(), seed);
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
        noise.seed(),
        noise.repeats(),
        settings,
        counts.stream().map(count -> Errors.of(count, models)).toList(),
        models);
  }
}
