package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.experiment.RunCurves;
import io.github.dae4j.cli.study.BrokenReadings.Finding;
import io.github.dae4j.cli.study.BrokenReadings.Reading;
import io.github.dae4j.cli.study.UnseenDigits.Separation;
import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Section.Table;
import io.github.dae4j.report.Tag;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Both parts for a person to read.
 *
 * @param pictures of the worst digits, row by row, with a heading each
 * @param readings the worst rows of the table
 */
public record AnomalyPage(
    UnseenDigits search,
    UnseenDigits.Findings digits,
    Map<String, BufferedImage> pictures,
    BrokenReadings.Findings table,
    List<Reading> readings) {

  /** What came out. */
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("result", "Result", result()));
    sections.add(digitsSection());
    sections.add(
        Section.of(
            "worst",
            "The highest scores",
            Tag.rows(
                pictures.entrySet().stream()
                    .map(row -> new Picture(row.getValue(), row.getKey(), "").tag())
                    .toArray(Tag[]::new))));
    sections.add(tableSection());
    RunCurves.of(search.layers()).section().ifPresent(sections::add);
    return sections;
  }

  private Tag result() {
    Separation all = digits.separations().get(digits.separations().size() - 1);
    return new Facts()
        .add("ROC-AUC, unseen digits", "%.3f", all.autoencoder().rocAuc())
        .add("unseen digits flagged", "%.1f %%", 100 * digits.flaggedUnseen())
        .add("other digits flagged", "%.1f %%", 100 * digits.flaggedSeen())
        .add("wrong cells found", "%d of %d", table.autoencoder().found(), table.planted())
        .cards();
  }

  /** How the scores of both kinds of digits are distributed. */
  public Chart scores(String title) {
    Map<String, double[]> sets = new LinkedHashMap<>();
    sets.put("digits seen in training", search.scores(true));
    sets.put("unseen digits", search.scores(false));
    return Chart.scores(title, sets, digits.threshold());
  }

  private Section digitsSection() {
    return Section.of(
        "digits",
        "Unseen digits",
        scores("Anomaly scores").figure().orElseThrow(),
        separations(),
        Tag.note(
            text(
                "Trained on %,d digits, none of them of the unseen classes. Scores above %.3f are"
                    + " flagged. For comparison: the distance from the mean image. AP is average"
                    + " precision.",
                digits.images(), digits.threshold())));
  }

  private Tag separations() {
    return new Table(
            List.of("unseen", "ROC-AUC", "AP", "ROC-AUC, distance", "AP, distance"),
            digits.separations().stream().map(AnomalyPage::row).toList())
        .tag();
  }

  private static List<String> row(Separation row) {
    return List.of(
        row.anomalies(),
        text("%.3f", row.autoencoder().rocAuc()),
        text("%.3f", row.autoencoder().averagePrecision()),
        text("%.3f", row.distance().rocAuc()),
        text("%.3f", row.distance().averagePrecision()));
  }

  private Section tableSection() {
    return Section.of(
        "table",
        "Wrong cells in a table",
        new Table(
                List.of("", "flagged", "planted", "column named", "ROC-AUC"),
                List.of(
                    row("denoising autoencoder", table.autoencoder()),
                    row("distance from the mean", table.distance())))
            .tag(),
        Tag.note(
            text(
                "Synthetic pump readings: %,d rows; in %d of them one cell comes from another row."
                    + " The highest scores, with the two worst cells of each:",
                table.rows(), table.planted())),
        new Table(
                List.of("row", "score", "worst cells", "planted"),
                readings.stream().map(AnomalyPage::row).toList())
            .tag());
  }

  private static List<String> row(String name, Finding finding) {
    return List.of(
        name,
        "" + finding.flagged(),
        "" + finding.found(),
        "" + finding.named(),
        text("%.3f", finding.evaluation().rocAuc()));
  }

  private static List<String> row(Reading reading) {
    return List.of(
        "" + reading.row(),
        text("%.1f", reading.score()),
        String.join(", ", reading.cells()),
        reading.planted());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** On the console: a row for each unseen digit. */
  static void print(UnseenDigits.Findings findings, Console console) {
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
        "Threshold %.3f flags %.1f %% of the seen test digits and %.1f %% of the unseen",
        findings.threshold(), 100 * findings.flaggedSeen(), 100 * findings.flaggedUnseen());
  }

  /** On the console: a row for each way of looking. */
  static void print(BrokenReadings.Findings findings, Console console) {
    console.line("\nTable of %d rows, %d with a planted cell", findings.rows(), findings.planted());
    console.line(
        "%-24s  %7s  %7s  %12s  %9s  %13s",
        "", "flagged", "planted", "column named", "ROC-AUC", "avg precision");
    print("denoising autoencoder", findings.autoencoder(), console);
    print("distance from the mean", findings.distance(), console);
  }

  private static void print(String name, Finding finding, Console console) {
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
