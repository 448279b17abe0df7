package io.github.dae4j.examples.cli;

import io.github.dae4j.examples.anomaly.BrokenReadings;
import io.github.dae4j.examples.anomaly.BrokenReadings.Finding;
import io.github.dae4j.examples.anomaly.Separation;
import io.github.dae4j.examples.anomaly.UnseenDigits;
import java.io.PrintWriter;
import java.util.Locale;

/** What an autoencoder and the distance from the mean have found, as lines for a person. */
public record AnomalyTable(PrintWriter out) {

  /** A row for each unseen digit. */
  public void print(UnseenDigits.Findings findings) {
    out.printf("%-12s  %24s  %24s%n", "", "denoising autoencoder", "distance from the mean");
    out.printf(
        "%-12s  %9s  %13s  %9s  %13s%n",
        "unseen", "ROC-AUC", "avg precision", "ROC-AUC", "avg precision");
    for (Separation row : findings.separations()) {
      out.printf(
          Locale.ROOT,
          "%-12s  %9.3f  %13.3f  %9.3f  %13.3f%n",
          row.anomalies(),
          row.autoencoder().rocAuc(),
          row.autoencoder().averagePrecision(),
          row.distance().rocAuc(),
          row.distance().averagePrecision());
    }
    out.printf(
        Locale.ROOT,
        "Threshold %.3f flags %.1f %% of the test's digits like those trained on, %.1f %% of the"
            + " unseen%n",
        findings.threshold(),
        100 * findings.flaggedSeen(),
        100 * findings.flaggedUnseen());
    out.flush();
  }

  /** A row for each way of looking. */
  public void print(BrokenReadings.Findings findings) {
    out.printf("%nTable of %d rows, %d with a planted cell%n", findings.rows(), findings.planted());
    out.printf(
        "%-24s  %7s  %7s  %12s  %9s  %13s%n",
        "", "flagged", "planted", "column named", "ROC-AUC", "avg precision");
    print("denoising autoencoder", findings.autoencoder());
    print("distance from the mean", findings.distance());
    out.flush();
  }

  private void print(String name, Finding finding) {
    out.printf(
        Locale.ROOT,
        "%-24s  %7d  %7d  %12d  %9.3f  %13.3f%n",
        name,
        finding.flagged(),
        finding.found(),
        finding.named(),
        finding.evaluation().rocAuc(),
        finding.evaluation().averagePrecision());
  }
}
