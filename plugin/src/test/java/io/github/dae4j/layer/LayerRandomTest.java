package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.corruption.MaskingCorruption;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class LayerRandomTest {

  private static final INDArray X = Nd4j.linspace(0, 1, 60).reshape(10, 6);

  @Test
  void aGeneratorOfItsOwnGovernsCorruptionAlone() {
    INDArray first = afterOneStep(1, 7);
    assertThat(afterOneStep(2, 7)).isEqualTo(first);
    assertThat(afterOneStep(1, 8)).isNotEqualTo(first);
  }

  @Test
  void itDrawsWhatTheGlobalGeneratorWouldWithTheSameSeed() {
    assertThat(afterOneStep(7, null)).isEqualTo(afterOneStep(1, 7));
  }

  @Test
  void theGlobalGeneratorIsLeftAlone() {
    Nd4j.getRandom().setSeed(5);
    INDArray untouched = Nd4j.rand(3);
    afterOneStep(5, 7);
    assertThat(Nd4j.rand(3)).isEqualTo(untouched);
  }

  /** The parameters after a step; {@code own} is null for the global generator. */
  private static INDArray afterOneStep(long global, Integer own) {
    MultiLayerNetwork network = network();
    DenoisingAutoEncoderLayer layer = (DenoisingAutoEncoderLayer) network.getLayer(0);
    if (own != null) {
      layer.setRandom(Nd4j.getRandomFactory().getNewRandomInstance(own));
    }
    Nd4j.getRandom().setSeed(global);
    network.pretrainLayer(0, X);
    return layer.params();
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.5))
                .list()
                .layer(
                    new DenoisingAutoEncoder.Builder()
                        .nIn(6)
                        .nOut(4)
                        .activation(Activation.SIGMOID)
                        .corruption(new MaskingCorruption(0.5))
                        .build())
                .layer(new OutputLayer.Builder().nIn(4).nOut(2).build())
                .build());
    network.init();
    return network;
  }
}
