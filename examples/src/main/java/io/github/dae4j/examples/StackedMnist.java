package io.github.dae4j.examples;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.ImageGrid;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.ShuffledIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A stack of denoising autoencoders: pretrained layer by layer, fine-tuned to tell digits apart,
 * and used.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=StackedMnist}; {@code -Dargs=FOLDER} reads MNIST's
 * four files from a folder instead of drawing digits.
 */
public final class StackedMnist {

  private StackedMnist() {}

  /**
   * What came out.
   *
   * @param pretrainedError the share of test images that are mistaken
   * @param scratchError the same without pretraining
   * @param rmse the root mean square error of reconstructions of corrupted test images
   */
  public record Result(double pretrainedError, double scratchError, double rmse) {}

  public static void main(String[] args) throws IOException {
    Result result =
        run(
            args.length > 0 ? mnist(Path.of(args[0])) : drawn(4000),
            Path.of("output/example-stack"));
    System.out.printf(
        "test error: %.2f %% pretrained, %.2f %% from scratch%n",
        100 * result.pretrainedError(), 100 * result.scratchError());
  }

  static Splits drawn(int train) {
    ImageSet digits = DrawnDigits.draw(train + 1000, 1);
    return new Splits(
        "drawn digits",
        digits.first(train),
        digits.range(train, train + 500),
        digits.range(train + 500, train + 1000));
  }

  static Splits mnist(Path folder) {
    Mnist mnist = Mnist.read(folder);
    return new Splits(
        "MNIST", mnist.train().first(50_000), mnist.train().range(50_000, 60_000), mnist.test());
  }

  static Result run(Splits digits, Path folder) throws IOException {
    Files.createDirectories(folder);
    INDArray images = digits.train().images();
    DataSetIterator labelled = new ShuffledIterator(digits.train().dataSet(), 20, 1);
    ImageSet test = digits.test();
    // region stack
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(784, 200, 200) // pixels, units, units
            .corruption(new MaskingCorruption(0.3))
            .updater(new Sgd(0.1))
            .output(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
            .build();
    stack.pretrain(images, 5); // unsupervised, 5 epochs a layer
    stack.fineTune(new FineTuner.Builder().epochs(10).build(), labelled);

    INDArray probabilities = stack.predict(test.images()); // [n, 10]
    INDArray codes = stack.encode(test.images()); // [n, 200]
    stack.save(folder.resolve("model.zip"), false);
    // endregion

    StackedDenoisingAutoEncoder loaded =
        StackedDenoisingAutoEncoder.load(folder.resolve("model.zip"));
    ImageGrid.of("digits", digits.shown())
        .row("reconstructed", loaded.reconstruct(digits.shown()))
        .write(folder.resolve("reconstructions.png"));
    return new Result(
        error(probabilities, test),
        error(fromScratch(labelled), test),
        rmse(loaded, test.images(), 0.3));
  }

  private static StackedDenoisingAutoEncoder fromScratch(DataSetIterator labelled) {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(784, 200, 200)
            .updater(new Sgd(0.1))
            .output(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
            .build();
    stack.fineTune(new FineTuner.Builder().epochs(10).build(), labelled);
    return stack;
  }

  // region rmse
  static double rmse(StackedDenoisingAutoEncoder stack, INDArray clean, double level) {
    Random random = Nd4j.getRandomFactory().getNewRandomInstance(7);
    INDArray corrupted = new MaskingCorruption(level).corrupt(clean, random, 0, 0).values();
    INDArray difference = stack.reconstruct(corrupted).sub(clean);
    return Math.sqrt(difference.mul(difference).meanNumber().doubleValue());
  }

  // endregion

  private static double error(StackedDenoisingAutoEncoder stack, ImageSet test) {
    return error(stack.predict(test.images()), test);
  }

  /** The share of rows whose most probable class is not the label. */
  private static double error(INDArray probabilities, ImageSet test) {
    int[] classes = probabilities.argMax(1).toIntVector();
    long mistaken =
        IntStream.range(0, test.size()).filter(i -> classes[i] != test.labels()[i]).count();
    return (double) mistaken / test.size();
  }
}
