package io.github.dae4j.examples;

import io.github.dae4j.examples.backend.Backends;
import io.github.dae4j.examples.cli.Cli;
import io.github.dae4j.examples.cli.DataOptions;
import io.github.dae4j.examples.cli.OptionException;
import io.github.dae4j.examples.cli.Speech;
import io.github.dae4j.examples.data.DrawnDigits;
import io.github.dae4j.examples.data.ImageSet;
import io.github.dae4j.examples.experiment.CorruptionSamples;
import io.github.dae4j.examples.experiment.CorruptionSamples.Amount;
import io.github.dae4j.examples.experiment.CorruptionSamples.Sample;
import io.github.dae4j.examples.output.WholeFile;
import io.github.dae4j.examples.plot.GalleryPicture;
import io.github.dae4j.examples.plot.GalleryPicture.Group;
import io.github.dae4j.examples.plot.GalleryPicture.Row;
import io.github.dae4j.examples.plot.Png;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What each corruption does to the same digits, at a few levels, in one picture. */
@Command(
    name = "corruption-gallery",
    description = "Draws what each corruption does to the same digits.",
    showDefaultValues = true,
    sortOptions = false)
public final class CorruptionGallery implements Callable<Integer> {

  private static final int MOST_DIGITS = 20;
  private static final int MINIBATCH = 100; // what swap takes pixels from
  private static final int MAGNIFICATION = 2;

  @Mixin private DataOptions data = new DataOptions();

  @Option(names = "--digits", defaultValue = "4", description = "Digits at each level.")
  private int digits;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "output/${COMMAND-NAME}",
      description = "Folder of the picture.")
  private Path output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Spec private CommandSpec command;

  public static void main(String[] args) {
    System.exit(Cli.execute(new CorruptionGallery(), args));
  }

  @Override
  public Integer call() {
    OptionException.require(
        "--digits",
        "in [1, %d]".formatted(MOST_DIGITS),
        digits >= 1 && digits <= MOST_DIGITS,
        digits);
    Backends.startQuietly(Backends.DEFAULT_THREADS);
    ImageSet test = data.read(speech()).test();
    OptionException.require("--digits", "<= " + test.size(), digits <= test.size(), digits);
    INDArray clean = test.first(Math.min(MINIBATCH, test.size())).images();
    List<Sample> samples = CorruptionSamples.forSquares(DrawnDigits.SIDE);
    Path picture = output.resolve("corruptions.png");
    WholeFile.requireFolder(output);
    Png.write(
        new GalleryPicture(digits, DrawnDigits.SIDE, MAGNIFICATION)
            .image(samples.stream().map(sample -> row(sample, clean)).toList()),
        picture);
    describe(samples, picture);
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

  private void describe(List<Sample> samples, Path picture) {
    for (Sample sample : samples) {
      speech().line("%-24s %s", sample.name(), sample.what());
    }
    speech().line("The picture is %s", picture.toAbsolutePath());
  }

  private Speech speech() {
    return new Speech(command.commandLine().getOut(), false, false);
  }
}
