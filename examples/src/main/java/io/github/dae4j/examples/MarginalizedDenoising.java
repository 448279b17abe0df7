package io.github.dae4j.examples;

import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
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
    ImageSet digits = DrawnDigits.draw(2500, 1);
    Result result =
        run(digits.first(2000), digits.range(2000, 2500), Path.of("output/example-marginalized"));
    System.out.printf(
        "test error of a linear classifier: %.2f %% on features, %.2f %% on pixels%n",
        100 * result.featureError(), 100 * result.pixelError());
  }

  static Result run(ImageSet digits, ImageSet test, Path folder) throws IOException {
    Files.createDirectories(folder);
    DataSetIterator train = new ViewIterator(digits.dataSet(), 500);
    INDArray x = digits.images();
    // region fit
    MarginalizedStack stack = new MarginalizedMasking(0.5).fitStack(3, train); // no epochs
    INDArray features = stack.encodeAll(x); // [n, 4 * nIn]: x and three codes
    stack.save(folder.resolve("msda.bin"));
    // endregion

    INDArray testFeatures = stack.encodeAll(test.images());
    return new Result(
        linearError(labelled(features, digits), labelled(testFeatures, test)),
        linearError(labelled(x, digits), labelled(test.images(), test)));
  }

  private static DataSet labelled(INDArray features, ImageSet set) {
    return new DataSet(features, set.oneHot());
  }

  /** Trains softmax regression, and returns the share of test rows that it mistakes. */
  private static double linearError(DataSet train, DataSet test) {
    MultiLayerNetwork linear =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.003))
                .list()
                .layer(
                    new OutputLayer.Builder()
                        .nIn(train.numInputs())
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    linear.init();
    linear.fit(new ViewIterator(train, 50), 10);
    return 1 - linear.evaluate(new ViewIterator(test, 500)).accuracy();
  }
}
