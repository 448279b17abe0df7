package io.github.dae4j.examples.cli;

import io.github.dae4j.examples.experiment.LabelComparison.Start;
import io.github.dae4j.examples.experiment.LabelReport.Errors;
import io.github.dae4j.examples.experiment.LabelReport.TestError;
import io.github.dae4j.examples.experiment.LabelResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Networks for few labels as lines for a person. */
public record LabelTable(PrintWriter out) {

  private static final String ROW = "%8s  %16s  %16s%n";

  /** A line for a network that is ready. */
  public void print(LabelResult network) {
    out.printf(
        Locale.ROOT,
        "%-12s  %d labels  %d epochs  best validation %.2f %%  test error %.2f %%  %.1f s%n",
        network.start() == Start.PRETRAINED ? "pretrained" : "from scratch",
        network.labels(),
        network.epochs(),
        100 * network.validationError(),
        100 * network.testError(),
        network.seconds());
    out.flush();
  }

  /** A row for each number of labels; with repeats mean +- standard deviation. */
  public void print(List<Errors> rows) {
    out.println("Test error (%)");
    out.printf(ROW, "labels", "from scratch", "pretrained");
    for (Errors row : rows) {
      out.printf(ROW, row.labels(), percent(row.fromScratch()), percent(row.pretrained()));
    }
    out.flush();
  }

  private static String percent(TestError error) {
    String mean = String.format(Locale.ROOT, "%.2f", 100 * error.mean());
    return error.standardDeviation() == null
        ? mean
        : mean + String.format(Locale.ROOT, " +- %.2f", 100 * error.standardDeviation());
  }
}
