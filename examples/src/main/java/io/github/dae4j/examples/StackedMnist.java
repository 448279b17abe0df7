package io.github.dae4j.examples;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.report.Png;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.ShuffledIterator;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
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

  /** The share of test images that are mistaken, with pretraining and from scratch. */
  public record Result(double pretrainedError, double scratchError) {}

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
    DataSetIterator train = new ShuffledIterator(digits.train().dataSet(), 20, 1);
    DataSetIterator validation = new ViewIterator(digits.validation().dataSet(), 500);
    FineTuner tuner = new FineTuner.Builder().epochs(10).updater(new Sgd(0.1)).build();

    // region stack
    StackedDenoisingAutoEncoder stack = newStack();
    GreedyPretrainer pretrainer =
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(5)).build();
    stack.pretrain(pretrainer, train); // layer by layer, without labels
    stack.fineTune(tuner, train, validation); // all layers, with labels
    INDArray codes = stack.encode(digits.test().images()); // [n, 200]
    INDArray reconstructions = stack.reconstruct(digits.test().images()); // [n, 784]
    stack.save(folder.resolve("model.zip"), false);
    // endregion
    Png.write(
        new ExampleRows(10, 28, 28)
            .row(
                StackedDenoisingAutoEncoder.load(folder.resolve("model.zip"))
                    .reconstruct(digits.shown())),
        folder.resolve("reconstructions.png"));

    StackedDenoisingAutoEncoder scratch = newStack();
    scratch.fineTune(tuner, train, validation);
    return new Result(error(stack, digits.test()), error(scratch, digits.test()));
  }

  private static StackedDenoisingAutoEncoder newStack() {
    // region builder
    return StackedDenoisingAutoEncoder.builder(784, 200, 200)
        .corruption(new MaskingCorruption(0.3))
        .activation(Activation.SIGMOID)
        .output(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
        .seed(1)
        .build();
    // endregion
  }

  private static double error(StackedDenoisingAutoEncoder stack, ImageSet test) {
    return 1
        - stack
            .network()
            .evaluate(stack.normalized(new ViewIterator(test.dataSet(), 500)))
            .accuracy();
  }
}
