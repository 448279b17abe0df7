package io.github.dae4j.examples;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.report.ImageGrid;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The layer in a DL4J network: a denoising autoencoder that learns strokes from digits.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=DenoisingMnist}; {@code -Dargs=FOLDER} reads
 * MNIST's four files from a folder instead of drawing digits.
 */
public final class DenoisingMnist {

  private DenoisingMnist() {}

  /**
   * What came out.
   *
   * @param lossBefore the mean reconstruction error in nats per image, before training
   * @param lossAfter and after it
   * @param dead units of the code that are the same for all images
   */
  public record Result(double lossBefore, double lossAfter, int dead) {}

  public static void main(String[] args) {
    ImageSet digits =
        args.length > 0 ? Mnist.read(Path.of(args[0])).train() : DrawnDigits.draw(5000, 1);
    Result result = run(digits, 3, Path.of("output/example-filters.png"));
    System.out.printf(
        "loss in nats per image: %.1f before, %.1f after training%n",
        result.lossBefore(), result.lossAfter());
  }

  static Result run(ImageSet digits, int epochs, Path picture) {
    DataSetIterator train = new ViewIterator(digits.dataSet(), 20);
    INDArray x = digits.first(100).images();
    // region layer
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(123)
            .weightInit(WeightInit.SIGMOID_UNIFORM)
            .updater(new Sgd(0.1))
            .list()
            .layer(
                new DenoisingAutoEncoder.Builder()
                    .nIn(784)
                    .nOut(500)
                    .activation(Activation.SIGMOID)
                    .corruption(new MaskingCorruption(0.3))
                    .build())
            .layer(
                new OutputLayer.Builder().nIn(500).nOut(10).activation(Activation.SOFTMAX).build())
            .build();
    PretrainableNetwork network = new PretrainableNetwork(conf);
    network.init();
    // endregion
    double before = error(network, x);

    // region train
    network.pretrain(train, epochs); // unsupervised, layer by layer
    network.fit(train, epochs); // supervised, as any DL4J network
    // endregion

    // region use
    DenoisingAutoEncoderLayer layer = (DenoisingAutoEncoderLayer) network.getLayer(0);
    INDArray code = layer.encode(x); // [n, nOut]
    INDArray z = layer.reconstruct(x); // [n, nIn]
    INDArray error = layer.reconstructionError(x); // [n]
    INDArray cells = layer.reconstructionErrorPerFeature(x); // [n, nIn]
    // endregion
    // region dead
    int dead = code.std(0).lt(0.01).castTo(DataType.INT32).sumNumber().intValue(); // units
    // endregion

    ImageGrid.writeFilters(network.getParam("0_W"), picture);
    return new Result(before, error.meanNumber().doubleValue(), dead);
  }

  private static double error(PretrainableNetwork network, INDArray x) {
    DenoisingAutoEncoderLayer layer = (DenoisingAutoEncoderLayer) network.getLayer(0);
    return layer.reconstructionError(x).meanNumber().doubleValue();
  }
}
