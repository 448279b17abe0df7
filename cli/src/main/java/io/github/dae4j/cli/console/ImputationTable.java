package io.github.dae4j.cli.console;

import io.github.dae4j.cli.experiment.ImputationReport;
import io.github.dae4j.cli.experiment.ImputationReport.Filled;

/** Errors of filled pixels as lines for a person. */
public record ImputationTable(Console console) {

  /** A row for each kind of holes. */
  public void print(ImputationReport report) {
    console.line("Root mean square error of missing pixels");
    console.line("%-24s  %7s  %9s  %9s  %10s", "", "missing", "mean fill", "imputed", "iterations");
    for (Filled row : report.holes()) {
      console.line(
          "%-24s  %5.1f %%  %9.4f  %9.4f  %10d",
          row.holes(), 100 * row.share(), row.meanFill(), row.imputed(), row.iterations());
    }
  }
}
