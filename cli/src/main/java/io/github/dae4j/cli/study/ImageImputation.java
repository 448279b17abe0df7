package io.github.dae4j.cli.study;

import io.github.dae4j.cli.study.ImputationReport.Filled;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.layer.Imputation;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** An autoencoder trained on images with holes, and what it and the mean put into others' holes. */
public final class ImageImputation {

  private static final int[] ITERATIONS = {1, 2, 3, 5, 10};
  private static final double RATE = 0.001;
  private static final double GREY = 0.5;

  private final Splits digits;
  private final long seed;
  private final INDArray train;
  private final INDArray means;
  private StackedDenoisingAutoEncoder stack;
  private List<LayerResult> layers = List.of();

  /**
   * Punches holes into the training images.
   *
   * @param missing the share of their pixels, in [0, 1)
   */
  public ImageImputation(Splits digits, double missing, long seed) {
    this.digits = digits;
    this.seed = seed;
    train = Holes.ofPixels(digits.train().images(), missing, seed);
    means = meansOfObserved(train);
  }

  private static INDArray meansOfObserved(INDArray x) {
    INDArray observed = missing(x).rsub(1);
    INDArray sums = Imputation.fill(x, Nd4j.zeros(x.shape())).sum(0);
    return sums.div(observed.sum(0).addi(1e-9));
  }

  private static INDArray missing(INDArray x) {
    return x.isNaN().castTo(DataType.FLOAT);
  }

  /** Trains one denoising autoencoder on what is there. */
  public StackedDenoisingAutoEncoder train(
      int hidden, double corruption, int epochs, int batch, TrainingListener listener) {
    stack =
        StackedDenoisingAutoEncoder.builder((int) train.size(1), hidden)
            .corruption(new MaskingCorruption(corruption))
            .activation(Activation.SIGMOID)
            .missingAllowed(true)
            .seed(seed)
            .updater(new Adam(RATE))
            .build();
    stack.network().setListeners(listener);
    layers =
        stack.pretrain(
            new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(epochs)).seed(seed).build(),
            new ViewIterator(new DataSet(train, train), batch));
    stack.network().setListeners();
    return stack;
  }

  /** How the training went. */
  public List<LayerResult> layers() {
    return layers;
  }

  /** Fills such holes in the test's images. */
  public Filled fill(Holes holes, ProgressListener progress) {
    INDArray clean = digits.test().images();
    INDArray holed = holes.in(clean, seed);
    int iterations = bestIterations(holes, progress);
    return new Filled(
        holes,
        missing(holed).meanNumber().doubleValue(),
        iterations,
        error(byMeans(holed), clean, holed),
        error(stack.impute(holed, iterations), clean, holed));
  }

  /** By the error on validation images. */
  private int bestIterations(Holes holes, ProgressListener progress) {
    INDArray clean = digits.validation().images();
    INDArray holed = holes.in(clean, seed + 1);
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ITERATIONS.length; i++) {
      double error = error(stack.impute(holed, ITERATIONS[i]), clean, holed);
      if (error < lowest) {
        lowest = error;
        best = ITERATIONS[i];
      }
      progress.update("filling " + holes, i + 1, ITERATIONS.length);
    }
    return best;
  }

  private INDArray byMeans(INDArray holed) {
    return Imputation.fill(holed, Nd4j.zeros(holed.shape()).addiRowVector(means));
  }

  private static double error(INDArray filled, INDArray clean, INDArray holed) {
    double count = missing(holed).sumNumber().doubleValue();
    return filled.distance2(clean) / Math.sqrt(count);
  }

  /** Images of the test by what became of them, half of them with either kind of holes. */
  public Map<String, INDArray> examples(int count, Filled pixels, Filled block) {
    INDArray left = digits.test().range(0, count / 2).images();
    INDArray right = digits.test().range(count / 2, count).images();
    INDArray leftHoles = pixels.holes().in(left, seed);
    INDArray rightHoles = block.holes().in(right, seed);
    INDArray holed = Nd4j.vstack(leftHoles, rightHoles);
    Map<String, INDArray> rows = new LinkedHashMap<>();
    rows.put("clean", Nd4j.vstack(left, right));
    rows.put("holes, grey", Imputation.fill(holed, Nd4j.valueArrayOf(holed.shape(), GREY)));
    rows.put("mean fill", byMeans(holed));
    rows.put(
        "imputed",
        Nd4j.vstack(
            stack.impute(leftHoles, pixels.iterations()),
            stack.impute(rightHoles, block.iterations())));
    return rows;
  }

  /** Which pixels of square images are missing. */
  public enum Holes {

    /** Each pixel of an image with probability 1/2. */
    PIXELS("half of the pixels") {
      @Override
      void punch(float[] image, int side, Random random) {
        scatter(image, 0.5, random);
      }
    },

    /** A square in the middle, a third of the side long, moved by up to two pixels. */
    BLOCK("a block in the middle") {
      @Override
      void punch(float[] image, int side, Random random) {
        int length = side / 3;
        int top = (side - length) / 2 + random.nextInt(5) - 2;
        int left = (side - length) / 2 + random.nextInt(5) - 2;
        for (int row = top; row < top + length; row++) {
          Arrays.fill(image, row * side + left, row * side + left + length, Float.NaN);
        }
      }
    };

    private final String text;

    Holes(String text) {
      this.text = text;
    }

    abstract void punch(float[] image, int side, Random random);

    /** A copy of images [n, pixels] whose missing pixels are NaN. */
    INDArray in(INDArray images, long seed) {
      int side = (int) Math.sqrt(images.size(1));
      return copy(images, new Random(seed), (image, random) -> punch(image, side, random));
    }

    /** The same, where each pixel is missing with this probability. */
    static INDArray ofPixels(INDArray images, double share, long seed) {
      return copy(images, new Random(seed), (image, random) -> scatter(image, share, random));
    }

    private static void scatter(float[] image, double share, Random random) {
      for (int pixel = 0; pixel < image.length; pixel++) {
        image[pixel] = random.nextDouble() < share ? Float.NaN : image[pixel];
      }
    }

    /** Makes holes in one image. */
    private interface Punch {
      void into(float[] image, Random random);
    }

    private static INDArray copy(INDArray images, Random random, Punch punch) {
      float[][] rows = images.toFloatMatrix();
      for (float[] row : rows) {
        punch.into(row, random);
      }
      return Nd4j.createFromArray(rows);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
