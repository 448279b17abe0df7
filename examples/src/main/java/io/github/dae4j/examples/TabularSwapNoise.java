package io.github.dae4j.examples;

import io.github.dae4j.examples.backend.Backends;
import io.github.dae4j.examples.cli.Cli;
import io.github.dae4j.examples.cli.RunOptions;
import io.github.dae4j.examples.cli.SwapNoiseOptions;
import io.github.dae4j.examples.cli.TableErrors;
import io.github.dae4j.examples.experiment.TableComparison;
import io.github.dae4j.examples.experiment.TableComparison.Settings;
import io.github.dae4j.examples.experiment.TableReport;
import io.github.dae4j.examples.experiment.TableReport.Errors;
import io.github.dae4j.examples.experiment.TableResult;
import io.github.dae4j.examples.experiment.TableSplit;
import io.github.dae4j.examples.output.Report;
import io.github.dae4j.examples.output.WholeFile;
import io.github.dae4j.examples.plot.Png;
import io.github.dae4j.examples.table.LabelledTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Codes of a table with columns of several kinds, learnt with swap noise and without labels, as the
 * features of a linear model, beside the same model on the table's own columns.
 */
@Command(
    name = "tabular-swap-noise",
    description = {
      "Trains a denoising autoencoder with swap noise on a table of numbers and categories, and tells"
          + " labels by a linear model of its codes and by one of the columns.",
      "Validation rows have labels besides: they choose each model's penalty."
    },
    showDefaultValues = true,
    sortOptions = false)
public final class TabularSwapNoise implements Callable<Integer> {

  @Mixin private SwapNoiseOptions noise;
  @Mixin private RunOptions options;
  @Spec private CommandSpec command;

  public static void main(String[] args) {
    System.exit(Cli.execute(new TabularSwapNoise(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.require();
    Settings settings = noise.settings(options.batch());
    LabelledTable table = noise.table();
    List<Integer> counts = counts(table);
    String backend = Backends.startQuietly(options.threads());
    WholeFile.requireFolder(options.output());

    List<TableResult> models = new ArrayList<>();
    for (int repeat = 0; repeat < noise.repeats(); repeat++) {
      TableComparison comparison =
          new TableComparison(table, settings, noise.seed(), noise.seed() + repeat);
      counts.forEach(count -> models.add(comparison.compare(count)));
      if (repeat == 0) {
        comparison.save(options.output());
      }
      options.speech().line("split %d of %d", repeat + 1, noise.repeats());
    }
    write(
        new TableReport(
            "tabular-swap-noise "
                + String.join(" ", command.commandLine().getParseResult().originalArgs()),
            table.name(),
            table.rows().size(),
            backend,
            noise.seed(),
            noise.repeats(),
            settings,
            counts.stream().map(count -> Errors.of(count, models)).toList(),
            models));
    return 0;
  }

  private List<Integer> counts(LabelledTable table) {
    int known = (int) table.labels().stream().filter(label -> !label.isEmpty()).count();
    return noise.counts(TableSplit.mostLabels(known));
  }

  private void write(TableReport report) {
    new TableErrors(options.speech()).print(report);
    Png.write(report.chart(), options.output().resolve("linear-models.png"));
    Report.write(report, options.output().resolve("report.json"));
    options
        .speech()
        .line("Chart, report.json, model and table are in %s", options.output().toAbsolutePath());
    options.speech().result(report);
  }
}
