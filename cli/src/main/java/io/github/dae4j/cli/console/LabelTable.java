package io.github.dae4j.cli.console;

import io.github.dae4j.cli.experiment.LabelComparison.LabelResult;
import io.github.dae4j.cli.experiment.LabelReport.Errors;
import io.github.dae4j.cli.experiment.LabelReport.TestError;
import java.util.List;
import java.util.Locale;

/** Networks for few labels as lines for a person. */
public record LabelTable(Console console) {

  private static final String ROW = "%8s  %16s  %16s";

  /** A line for a network that is ready. */
  public void print(LabelResult network) {
    console.event("network", network, line(network));
  }

  private static String line(LabelResult network) {
    return String.format(
        Locale.ROOT,
        "%-12s  %d labels  %d epochs  best validation %.2f %%  test error %.2f %%  %.1f s",
        network.start().words(),
        network.labels(),
        network.epochs(),
        100 * network.validationError(),
        100 * network.testError(),
        network.seconds());
  }

  /** A row for each number of labels; with repeats mean +- standard deviation. */
  public void print(List<Errors> rows) {
    console.line("Test error (%%)");
    console.line(ROW, "labels", "from scratch", "pretrained");
    for (Errors row : rows) {
      console.line(ROW, row.labels(), percent(row.fromScratch()), percent(row.pretrained()));
    }
  }

  private static String percent(TestError error) {
    String mean = String.format(Locale.ROOT, "%.2f", 100 * error.mean());
    return error.standardDeviation() == null
        ? mean
        : mean + String.format(Locale.ROOT, " +- %.2f", 100 * error.standardDeviation());
  }
}
