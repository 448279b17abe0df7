package io.github.dae4j.cli.experiment;

import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.ConfusionTable;
import io.github.dae4j.report.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A test for a person to read.
 *
 * @param errors the reconstruction error of each image, or of the first ones
 * @param images how many there are in all
 * @param confusion [class][what it was taken for]; null for none
 * @param classes their names; null if they are numbers
 */
public record TestSections(double[] errors, int images, int[][] confusion, List<String> classes) {

  /** Of classes that are numbers. */
  public TestSections(double[] errors, int images, int[][] confusion) {
    this(errors, images, confusion, null);
  }

  /** Errors, and confusion if there are classes; what has nothing to say is left out. */
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    histogram(title(), errors)
        .ifPresent(
            chart ->
                sections.add(
                    Section.of("errors", "Reconstruction errors", chart, quantiles(errors))));
    if (confusion != null) {
      sections.add(confusionSection());
    }
    return sections;
  }

  private String title() {
    return errors.length == images
        ? "Reconstruction error of test images"
        : String.format(
            Locale.ROOT, "Reconstruction error of the first %,d test images", errors.length);
  }

  public static Optional<Tag> histogram(String title, double[] errors) {
    return Chart.histogram(title, "error", "images", errors).figure();
  }

  static Tag quantiles(double[] errors) {
    double[] sorted = Arrays.stream(errors).sorted().toArray();
    return Tag.note(
        String.format(
            Locale.ROOT,
            "Minimum %.4g, median %.4g, 95th percentile %.4g, maximum %.4g; clean images.",
            sorted[0],
            sorted[sorted.length / 2],
            sorted[(int) (0.95 * sorted.length)],
            sorted[sorted.length - 1]));
  }

  private Section confusionSection() {
    return Section.of(
        "confusion",
        "Confusion matrix",
        (classes == null ? new ConfusionTable(confusion) : new ConfusionTable(confusion, classes))
            .tag(),
        Tag.note(
            "Rows: true class; columns: predicted class, in test images; last column: share"
                + " classified correctly."));
  }
}
