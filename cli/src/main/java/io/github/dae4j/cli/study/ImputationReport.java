package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.study.ImageImputation.Holes;
import io.github.dae4j.cli.study.ImputationReport.Filled;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Section.Table;
import io.github.dae4j.report.Tag;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * How well missing pixels were filled.
 *
 * @param data what the images are
 * @param images trained on
 * @param missing the share of their pixels that was missing
 */
public record ImputationReport(
    String data, int images, double missing, long seed, List<Filled> holes) {

  /** On the console: a row for each kind of holes. */
  void print(Console console) {
    console.line("Root mean square error of missing pixels");
    console.line("%-24s  %7s  %9s  %9s  %10s", "", "missing", "mean fill", "imputed", "rounds");
    for (Filled row : holes) {
      console.line(
          "%-24s  %5.1f %%  %9.4f  %9.4f  %10d",
          row.holes(), 100 * row.share(), row.meanFill(), row.imputed(), row.iterations());
    }
  }

  /**
   * The root mean square error over the missing pixels of the test.
   *
   * @param share of the pixels that were missing
   * @param iterations with the lowest error on validation images
   * @param meanFill by the means of the pixels that were there in training
   * @param imputed by iterated reconstruction
   */
  public record Filled(
      Holes holes, double share, int iterations, double meanFill, double imputed) {}

  /** How missing pixels were filled, for a person to read; the picture is of some test images. */
  public record ImputationPage(ImputationReport report, BufferedImage examples) {

    public List<Section> sections() {
      return List.of(
          Section.of("result", "Result", facts().cards()),
          Section.of(
              "errors",
              "Errors",
              table(),
              Tag.note(
                  "Root mean square error over the missing pixels of test images, filled with the mean of the"
                      + " observed training pixels or by iterated reconstruction. The number of"
                      + " rounds is the best on validation images.")),
          Section.of(
              "examples",
              "Examples",
              new Picture(examples, "clean, with holes, filled by means and by reconstruction", "")
                  .tag()));
    }

    private Facts facts() {
      Facts facts = new Facts();
      for (Filled row : report.holes()) {
        facts.add(row.holes() + ", mean fill", number(row.meanFill()));
        facts.add(row.holes() + ", imputed", number(row.imputed()));
      }
      return facts;
    }

    private Tag table() {
      return new Table(
              List.of("", "missing", "mean fill", "imputed", "rounds"),
              report.holes().stream().map(ImputationPage::row).toList())
          .tag();
    }

    private static List<String> row(Filled row) {
      return List.of(
          row.holes().toString(),
          String.format(Locale.ROOT, "%.1f %%", 100 * row.share()),
          number(row.meanFill()),
          number(row.imputed()),
          String.valueOf(row.iterations()));
    }

    private static String number(double error) {
      return String.format(Locale.ROOT, "%.4f", error);
    }
  }
}
