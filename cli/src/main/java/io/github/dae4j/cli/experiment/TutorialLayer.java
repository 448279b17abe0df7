package io.github.dae4j.cli.experiment;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The Deep Learning Tutorials' dA at one level of masking.
 *
 * @param network the denoising autoencoder alone
 */
public record TutorialLayer(double level, PretrainableNetwork network) {

  /** With fresh weights; {@code rate} is that of SGD. */
  public static TutorialLayer of(long pixels, int hidden, double level, double rate, long seed) {
    PretrainableNetwork network =
        new PretrainableNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.SIGMOID_UNIFORM)
                .updater(new Sgd(rate))
                .list()
                .layer(
                    new DenoisingAutoEncoder.Builder()
                        .nIn(pixels)
                        .nOut(hidden)
                        .activation(Activation.SIGMOID)
                        .corruption(corruption(level))
                        .build())
                .build());
    network.init();
    return new TutorialLayer(level, network);
  }

  private static Corruption corruption(double level) {
    return level == 0 ? new NoCorruption() : new MaskingCorruption(level);
  }

  /** What it does to its input. */
  public Corruption corruption() {
    return corruption(level);
  }

  /** Trains it; the network's listeners follow. */
  public void train(Splits digits, int batch, int epochs) {
    network.pretrain(new ViewIterator(digits.train().dataSet(), batch), epochs);
  }

  /** Its filters, and what it makes of the first test images, corrupted from a seed. */
  public RunPictures pictures(Splits digits, long seed) {
    return RunPictures.of(
        StackedDenoisingAutoEncoder.of(network), corruption(level), digits.test(), seed);
  }

  /** The reconstruction error of each test image, in nats. */
  public double[] errors(Splits digits, ProgressListener progress) {
    return ReconstructionErrors.of(
        StackedDenoisingAutoEncoder.of(network), digits.test(), progress);
  }
}
