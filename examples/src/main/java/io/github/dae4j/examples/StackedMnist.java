package io.github.dae4j.examples;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.report.ImageGrid;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.ShuffledIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.evaluation.classification.Evaluation;
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
   * @param error the share of test images that are mistaken
   * @param rmse the root mean square error of reconstructions of corrupted test images
   */
  public record Result(double error, double rmse) {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of("output/example-stack");
    Result result;
    if (args.length > 0) {
      Mnist mnist = Mnist.read(Path.of(args[0]));
      result = run(mnist.train(), mnist.test(), folder);
    } else {
      ImageSet digits = DrawnDigits.draw(5000, 1);
      result = run(digits.first(4000), digits.range(4000, 5000), folder);
    }
    System.out.printf("test error: %.2f %%%n", 100 * result.error());
  }

  static Result run(ImageSet train, ImageSet test, Path folder) throws IOException {
    Files.createDirectories(folder);
    INDArray images = train.images(); // [n, 784]
    DataSetIterator labelled = new ShuffledIterator(train.dataSet(), 20, 1);
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
    INDArray shown = test.first(10).images();
    ImageGrid.of("digits", shown)
        .row("reconstructed", loaded.reconstruct(shown))
        .write(folder.resolve("reconstructions.png"));

    Evaluation evaluation = new Evaluation();
    evaluation.eval(test.oneHot(), probabilities);
    return new Result(1 - evaluation.accuracy(), rmse(loaded, test.images(), 0.3));
  }

  // region rmse
  static double rmse(StackedDenoisingAutoEncoder stack, INDArray clean, double level) {
    Random random = Nd4j.getRandomFactory().getNewRandomInstance(7);
    INDArray corrupted = new MaskingCorruption(level).corrupt(clean, random, 0, 0).values();
    INDArray difference = stack.reconstruct(corrupted).sub(clean);
    return Math.sqrt(difference.mul(difference).meanNumber().doubleValue());
  }

  // endregion
}
