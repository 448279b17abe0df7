package io.github.dae4j.cli.console;

import io.github.dae4j.cli.experiment.TableReport;

/** Linear models of a table as lines for a person. */
public record TableErrors(Console console) {

  private static final String ROW = "%8s  %16s  %16s  %16s";

  /** A split that is done. */
  private record Split(int split, int of) {}

  /** Says that a split is done. */
  public void printSplit(int split, int of) {
    console.event("split", new Split(split, of), "split %d of %d".formatted(split, of));
  }

  /** A row for each number of labels; with repeats mean +- standard error. */
  public void print(TableReport report) {
    console.line("Test error (%%)");
    console.line(ROW, "labels", "on the columns", "on codes", "difference");
    for (TableReport.Errors row : report.errors()) {
      console.line(
          ROW,
          row.labels(),
          report.percent(row.columns()),
          report.percent(row.codes()),
          report.percent(row.difference()));
    }
  }
}
