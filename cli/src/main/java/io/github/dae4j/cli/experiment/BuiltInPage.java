package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.experiment.BuiltInComparison.Trained;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.report.Facts;
import io.github.dae4j.report.Picture;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Table;
import io.github.dae4j.report.Tag;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's own layer and this project's, both trained.
 *
 * @param seed of the corruption that is shown
 */
public record BuiltInPage(Splits digits, long seed, Trained builtIn, Trained ours) {

  private static final int SHOWN = 10;

  /** Test digits, corrupted, and what both make of them. */
  public BufferedImage examples() {
    return shape().framed(rows(), 2);
  }

  private Map<String, List<INDArray>> rows() {
    INDArray clean = digits.test().first(shown()).images();
    INDArray corrupted =
        new MaskingCorruption(BuiltInComparison.LEVEL)
            .corrupt(clean, Nd4j.getRandomFactory().getNewRandomInstance(seed), 0, 0)
            .values();
    Map<String, List<INDArray>> rows = new LinkedHashMap<>();
    rows.put("clean", images(clean));
    rows.put("corrupted", images(corrupted));
    rows.put("DL4J's", images(builtIn.reconstruct(corrupted)));
    rows.put("this project's", images(ours.reconstruct(corrupted)));
    return rows;
  }

  private List<INDArray> images(INDArray rows) {
    return IntStream.range(0, shown()).mapToObj(rows::getRow).toList();
  }

  private int shown() {
    return Math.min(SHOWN, digits.test().size());
  }

  private ExampleRows shape() {
    return new ExampleRows(shown(), DrawnDigits.SIDE, DrawnDigits.SIDE);
  }

  /** Them for a person to read. */
  public List<Section> sections() {
    int last = ours.errors().size() - 1;
    return List.of(
        Section.of(
            "result",
            "Result",
            new Facts()
                .add("untrained", nats(ours.errors().get(0)) + " nats")
                .add("DL4J's built-in", nats(builtIn.errors().get(last)) + " nats")
                .add("this project's", nats(ours.errors().get(last)) + " nats")
                .cards()),
        Section.of(
            "errors",
            "Cross-entropy",
            table(),
            Tag.note(
                "Of the reconstructions of test digits, in nats per image, from the parameters alone:"
                    + " DL4J's layer subtracts minus the gradient.")),
        Section.of("reconstructions", "Reconstructions", pictures()));
  }

  private Tag table() {
    List<List<String>> rows =
        IntStream.range(0, ours.errors().size())
            .mapToObj(
                epoch ->
                    List.of(
                        epoch == 0 ? "untrained" : "epoch " + epoch,
                        nats(builtIn.errors().get(epoch)),
                        nats(ours.errors().get(epoch))))
            .toList();
    return new Table(List.of("", "DL4J's built-in", "this project's"), rows).tag();
  }

  private static String nats(double error) {
    return String.format(Locale.ROOT, error < 1e4 ? "%,.2f" : "%,.0f", error);
  }

  private Tag pictures() {
    return Tag.rows(
        rows().entrySet().stream()
            .map(row -> new Picture(shape().framedRow(row.getValue()), row.getKey(), "").tag())
            .toArray(Tag[]::new));
  }
}
