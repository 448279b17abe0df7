package io.github.dae4j.cli.images;

import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Origin;
import io.github.dae4j.report.Origin.Environment;
import io.github.dae4j.report.Page;
import io.github.dae4j.report.Png;
import io.github.dae4j.report.Report;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Tag;
import io.github.dae4j.report.Times;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Trains a denoising autoencoder on images, and a classifier on top where they have labels. */
public final class ImageRun {

  private static final int UNITS = 300;
  private static final double MASKED = 0.3;
  private static final double RATE = 1e-3;
  private static final int BATCH = 20;
  private static final int SEEN = 200_000; // images that training sees in all its epochs, about
  private static final int MOST_EPOCHS = 100;
  private static final int SHOWN = 10;
  private static final int HELD = 10; // one of so many is for the test
  private static final int FEWEST_FOR_TEST = 50;

  /**
   * What came out, in numbers.
   *
   * @param trained images that training saw
   * @param tested images that it did not; 0 of few images, which are all trained on
   * @param error the mean reconstruction error of those tested, or of all
   * @param accuracy on the same; null without labels
   */
  public record Result(
      String command,
      String data,
      String shape,
      int trained,
      int tested,
      List<String> classes,
      long seed,
      int units,
      int epochs,
      List<Double> losses,
      double seconds,
      double error,
      Double accuracy) {}

  private final String name;
  private final ImageSet images;
  private final long seed;
  private final RunFiles directory;

  /** Prepares a run on images that are called so. */
  public ImageRun(String name, ImageSet images, long seed, RunFiles directory) {
    this.name = name;
    this.images = images;
    this.seed = seed;
    this.directory = directory;
  }

  /** Trains, measures and writes model.zip, filters.png, report.html and, last, report.json. */
  public Result run(String command, String backend) {
    int[] order = order();
    int tested = order.length < FEWEST_FOR_TEST ? 0 : order.length / HELD;
    DataSet train = rows(order, tested, order.length);
    DataSet test = tested == 0 ? train : rows(order, 0, tested);
    int epochs = Math.max(3, Math.min(MOST_EPOCHS, SEEN / train.numExamples()));
    long start = System.nanoTime();
    StackedDenoisingAutoEncoder stack = newStack();
    List<LayerResult> layers = stack.pretrain(train.getFeatures(), epochs);
    if (images.isLabelled()) {
      stack.fineTune(
          new FineTuner.Builder().updater(new Adam(RATE)).epochs(Math.max(3, epochs / 2)).build(),
          new ViewIterator(train, Math.min(BATCH, train.numExamples())));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      stack.save(directory.model(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    Result result =
        new Result(
            command,
            name,
            images.shape().toString(),
            train.numExamples(),
            tested,
            images.classes(),
            seed,
            UNITS,
            epochs,
            layers.get(0).trainingLosses(),
            seconds,
            stack.reconstructionError(test.getFeatures()).meanNumber().doubleValue(),
            images.isLabelled() ? accuracy(stack, test) : null);
    page(result, stack, test.getFeatures(), backend).write(directory.page());
    Report.write(result, directory.report());
    return result;
  }

  private StackedDenoisingAutoEncoder newStack() {
    var builder =
        StackedDenoisingAutoEncoder.builder(images.shape().values(), UNITS)
            .corruption(new MaskingCorruption(MASKED))
            .updater(new Adam(RATE))
            .seed(seed);
    return images.isLabelled()
        ? builder
            .output(
                new OutputLayer.Builder()
                    .nOut(images.classes().size())
                    .activation(Activation.SOFTMAX)
                    .build())
            .build()
        : builder.build();
  }

  /** All images in an order that the seed draws: folders have one class after the other. */
  private int[] order() {
    int[] order = IntStream.range(0, images.size()).toArray();
    Random random = new Random(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }

  private DataSet rows(int[] order, int from, int to) {
    int[] rows = java.util.Arrays.copyOfRange(order, from, to);
    INDArray features = Nd4j.pullRows(images.images(), 1, rows);
    return new DataSet(
        features, images.isLabelled() ? Nd4j.pullRows(images.oneHot(), 1, rows) : features);
  }

  private static double accuracy(StackedDenoisingAutoEncoder stack, DataSet test) {
    INDArray told = stack.predict(test.getFeatures()).argMax(1);
    INDArray truth = test.getLabels().argMax(1);
    return told.eq(truth)
        .castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE)
        .meanNumber()
        .doubleValue();
  }

  private Page page(
      Result result, StackedDenoisingAutoEncoder stack, INDArray test, String backend) {
    INDArray shown = test.size(0) <= SHOWN ? test : rows(test, SHOWN);
    INDArray corrupted =
        new MaskingCorruption(MASKED)
            .corrupt(shown, Nd4j.getRandomFactory().getNewRandomInstance(seed), 0, 0)
            .values();
    ImageTiles tiles = new ImageTiles(images.shape(), SHOWN);
    BufferedImage filters = tiles.filters(stack.network().getParam("0_W"), 100);
    Path picture = directory.path().resolve("filters.png");
    Png.write(filters, picture);
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("result", "Result", cards(result)));
    Chart.overEpochs(
            "Pretraining",
            "loss",
            List.of(
                new Chart.Line(
                    "loss", result.losses().stream().mapToDouble(Double::doubleValue).toArray())))
        .figure()
        .ifPresent(tag -> sections.add(Section.of("curves", "Curves", Tag.figures(List.of(tag)))));
    sections.add(
        Section.of(
            "filters",
            "Filters",
            new Picture(filters, "The first 100 of " + UNITS, "Each scaled to the full range.")
                .tag()));
    sections.add(
        Section.of(
            "reconstructions",
            "Reconstructions",
            Tag.rows(
                new Picture(tiles.images(shown), "Clean", "").tag(),
                new Picture(tiles.images(corrupted), "With 30 % of the values masked", "").tag(),
                new Picture(tiles.images(stack.reconstruct(corrupted)), "Reconstructed", "")
                    .tag())));
    Environment environment = Environment.current(backend);
    sections.addAll(
        new Origin(
                result.command(), "What was typed.", Map.of("seed", "" + seed), null, environment)
            .sections());
    return new Page("Images of " + name, "Denoising autoencoder, " + environment.ready(), sections);
  }

  private static INDArray rows(INDArray all, int count) {
    return Nd4j.pullRows(all, 1, IntStream.range(0, count).toArray());
  }

  private static Tag cards(Result result) {
    Facts facts = new Facts();
    if (result.accuracy() != null) {
      facts.add("accuracy", "%.1f %%", 100 * result.accuracy());
    }
    return facts
        .add("reconstruction error", "%.4g", result.error())
        .add("images trained on", "%,d", result.trained())
        .add("images tested on", result.tested() == 0 ? "the same" : "" + result.tested())
        .add("image", result.shape())
        .add("classes", result.classes().isEmpty() ? null : "" + result.classes().size())
        .add("training", Times.duration(result.seconds()))
        .cards();
  }
}
