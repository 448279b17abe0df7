package io.github.dae4j.cli.terminal;

import io.github.dae4j.cli.experiment.TableReport;

/** Linear models of a table as lines for a person. */
public record TableErrors(Speech speech) {

  private static final String ROW = "%8s  %16s  %16s  %16s";

  /** A split that is done. */
  private record Split(int split, int of) {}

  /** Says that a split is done. */
  public void printSplit(int split, int of) {
    speech.event("split", new Split(split, of), "split %d of %d".formatted(split, of));
  }

  /** A row for each number of labels; with repeats mean +- standard error. */
  public void print(TableReport report) {
    speech.line("Test error (%%)");
    speech.line(ROW, "labels", "on the columns", "on codes", "difference");
    for (TableReport.Errors row : report.errors()) {
      speech.line(
          ROW,
          row.labels(),
          report.percent(row.columns()),
          report.percent(row.codes()),
          report.percent(row.difference()));
    }
  }
}
