package io.github.dae4j.cli.console;

import io.github.dae4j.cli.experiment.BrokenReadings;
import io.github.dae4j.cli.experiment.BrokenReadings.Finding;
import io.github.dae4j.cli.experiment.UnseenDigits;
import io.github.dae4j.cli.experiment.UnseenDigits.Separation;

/** What an autoencoder and the distance from the mean have found, as lines for a person. */
public record AnomalyTable(Console console) {

  /** A row for each unseen digit. */
  public void print(UnseenDigits.Findings findings) {
    console.line("%-12s  %24s  %24s", "", "denoising autoencoder", "distance from the mean");
    console.line(
        "%-12s  %9s  %13s  %9s  %13s",
        "unseen", "ROC-AUC", "avg precision", "ROC-AUC", "avg precision");
    for (Separation row : findings.separations()) {
      console.line(
          "%-12s  %9.3f  %13.3f  %9.3f  %13.3f",
          row.anomalies(),
          row.autoencoder().rocAuc(),
          row.autoencoder().averagePrecision(),
          row.distance().rocAuc(),
          row.distance().averagePrecision());
    }
    console.line(
        "Threshold %.3f flags %.1f %% of the test's digits like those trained on, %.1f %% of the"
            + " unseen",
        findings.threshold(), 100 * findings.flaggedSeen(), 100 * findings.flaggedUnseen());
  }

  /** A row for each way of looking. */
  public void print(BrokenReadings.Findings findings) {
    console.line("\nTable of %d rows, %d with a planted cell", findings.rows(), findings.planted());
    console.line(
        "%-24s  %7s  %7s  %12s  %9s  %13s",
        "", "flagged", "planted", "column named", "ROC-AUC", "avg precision");
    print("denoising autoencoder", findings.autoencoder());
    print("distance from the mean", findings.distance());
  }

  private void print(String name, Finding finding) {
    console.line(
        "%-24s  %7d  %7d  %12d  %9.3f  %13.3f",
        name,
        finding.flagged(),
        finding.found(),
        finding.named(),
        finding.evaluation().rocAuc(),
        finding.evaluation().averagePrecision());
  }
}
