package io.github.dae4j.examples.cli;

import io.github.dae4j.examples.experiment.LabelReport.TestError;
import io.github.dae4j.examples.experiment.TableReport;
import java.util.Locale;

/** Linear models of a table as lines for a person. */
public record TableErrors(Speech speech) {

  private static final String ROW = "%8s  %16s  %16s  %16s";

  /** A row for each number of labels; with repeats mean +- standard error. */
  public void print(TableReport report) {
    speech.line("Test error (%%)");
    speech.line(ROW, "labels", "on the columns", "on codes", "difference");
    for (TableReport.Errors row : report.errors()) {
      speech.line(
          ROW,
          row.labels(),
          percent(report, row.columns()),
          percent(report, row.codes()),
          percent(report, row.difference()));
    }
  }

  private static String percent(TableReport report, TestError error) {
    String mean = String.format(Locale.ROOT, "%.2f", 100 * error.mean());
    return report.repeats() == 1
        ? mean
        : mean + String.format(Locale.ROOT, " +- %.2f", 100 * report.standardError(error));
  }
}
