package io.github.dae4j.examples.cli;

import io.github.dae4j.examples.experiment.LabelReport.TestError;
import io.github.dae4j.examples.experiment.TableReport;
import java.io.PrintWriter;
import java.util.Locale;

/** Linear models of a table as lines for a person. */
public record TableErrors(PrintWriter out) {

  private static final String ROW = "%8s  %16s  %16s  %16s%n";

  /** A row for each number of labels; with repeats mean +- standard error. */
  public void print(TableReport report) {
    out.println("Test error (%)");
    out.printf(ROW, "labels", "on the columns", "on codes", "difference");
    for (TableReport.Errors row : report.errors()) {
      out.printf(
          ROW,
          row.labels(),
          percent(report, row.columns()),
          percent(report, row.codes()),
          percent(report, row.difference()));
    }
    out.flush();
  }

  private static String percent(TableReport report, TestError error) {
    String mean = String.format(Locale.ROOT, "%.2f", 100 * error.mean());
    return report.repeats() == 1
        ? mean
        : mean + String.format(Locale.ROOT, " +- %.2f", 100 * report.standardError(error));
  }
}
