package io.github.dae4j.examples;

import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.stacked.marginalized.MarginalizedMasking;
import io.github.dae4j.stacked.marginalized.MarginalizedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Marginalized denoising (mSDA, Chen et al. 2012): layers in closed form, one pass each, as
 * features for a linear classifier.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=MarginalizedDenoising}.
 */
public final class MarginalizedDenoising {

  private MarginalizedDenoising() {}

  /** The share of test images a linear classifier mistakes, on the features and on raw pixels. */
  public record Result(double featureError, double pixelError) {}

  public static void main(String[] args) throws IOException {
    Result result = run(StackedMnist.drawn(2000), Path.of("output/example-marginalized"));
    System.out.printf(
        "test error of a linear classifier: %.2f %% on features, %.2f %% on pixels%n",
        100 * result.featureError(), 100 * result.pixelError());
  }

  static Result run(Splits digits, Path folder) throws IOException {
    Files.createDirectories(folder);
    DataSetIterator train = new ViewIterator(digits.train().dataSet(), 500);
    INDArray x = digits.train().images();
    // region fit
    MarginalizedStack stack = new MarginalizedMasking(0.5).fitStack(3, train); // no epochs
    INDArray features = stack.encodeAll(x); // [n, 4 * nIn]: x and three codes
    stack.save(folder.resolve("msda.bin"));
    // endregion

    return new Result(
        linearError(features, stack.encodeAll(digits.test().images()), digits),
        linearError(x, digits.test().images(), digits));
  }

  private static double linearError(INDArray train, INDArray test, Splits digits) {
    MultiLayerNetwork linear =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.003))
                .list()
                .layer(
                    new OutputLayer.Builder()
                        .nIn(train.size(1))
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    linear.init();
    linear.fit(new ViewIterator(labelled(train, digits.train()), 50), 10);
    return 1 - linear.evaluate(new ViewIterator(labelled(test, digits.test()), 500)).accuracy();
  }

  private static DataSet labelled(INDArray features, ImageSet set) {
    return new DataSet(features, set.oneHot());
  }
}
