package io.github.dae4j.cli.study;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.OutputOptions;
import io.github.dae4j.cli.study.CorruptionSamples.Amount;
import io.github.dae4j.cli.study.CorruptionSamples.Sample;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.report.GalleryPicture;
import io.github.dae4j.report.GalleryPicture.Group;
import io.github.dae4j.report.GalleryPicture.Row;
import io.github.dae4j.report.Png;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Tag;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What each corruption does to the same digits, at a few levels, in one picture. */
@Command(
    name = "corruption-gallery",
    description = "Draws digits under each corruption.",
    showDefaultValues = true,
    sortOptions = false)
public final class CorruptionStudy implements Callable<Integer> {

  private static final int MOST_DIGITS = 20;
  private static final int MINIBATCH = 100; // what swap takes pixels from
  private static final int MAGNIFICATION = 2;

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--digits",
      paramLabel = "N",
      defaultValue = "4",
      description = "Number of digits at each level.")
  private int digits;

  @Mixin private OutputOptions options = new OutputOptions();

  /** What was drawn of each corruption. */
  public record Drawn(String corruption, String what, List<String> amounts) {}

  /** What was drawn. */
  public record Result(String data, long seed, int digits, String picture, List<Drawn> drawn) {}

  @Override
  public Integer call() {
    OptionException.require(
        "--digits",
        "in [1, %d]".formatted(MOST_DIGITS),
        digits >= 1 && digits <= MOST_DIGITS,
        digits);
    options.start(Backends.DEFAULT_THREADS);
    Splits read = data.read(options.stages());
    ImageSet test = read.test();
    OptionException.require("--digits", "<= " + test.size(), digits <= test.size(), digits);
    INDArray clean = test.first(Math.min(MINIBATCH, test.size())).images();
    List<Sample> samples = CorruptionSamples.forSquares(DrawnDigits.SIDE);
    List<Row> rows = samples.stream().map(sample -> row(sample, clean)).toList();
    options.makeFolder();
    Png.write(
        new GalleryPicture(digits, DrawnDigits.SIDE, MAGNIFICATION).image(rows),
        options.output().resolve("corruptions.png"));
    rows.forEach(row -> options.console().line("%-24s %s", row.name(), row.text()));
    options.finish(
        "Corruptions of " + read.name(),
        result(read.name(), rows),
        rows.stream().map(this::section).toList());
    return 0;
  }

  private Row row(Sample sample, INDArray clean) {
    return new Row(
        sample.name(),
        sample.what(),
        sample.amounts().stream().map(amount -> group(amount, clean)).toList());
  }

  /** Each amount from the same seed. */
  private Group group(Amount amount, INDArray clean) {
    Random random = Nd4j.getRandomFactory().getNewRandomInstance(data.seed());
    return new Group(
        amount.caption(), amount.corruption().corrupt(clean, random, 0, amount.epoch()).values());
  }

  private Result result(String name, List<Row> rows) {
    List<Drawn> drawn =
        rows.stream()
            .map(
                row ->
                    new Drawn(
                        row.name(), row.text(), row.groups().stream().map(Group::caption).toList()))
            .toList();
    return new Result(name, data.seed(), digits, "corruptions.png", drawn);
  }

  private Section section(Row row) {
    ExampleRows shape = new ExampleRows(digits, DrawnDigits.SIDE, DrawnDigits.SIDE);
    List<Tag> pictures =
        row.groups().stream()
            .map(group -> new Picture(shape.row(group.pixels()), group.caption(), "").tag())
            .toList();
    return Section.of(
        row.name().toLowerCase(Locale.ROOT),
        row.name(),
        Tag.note(row.text()),
        Tag.figures(pictures));
  }
}
