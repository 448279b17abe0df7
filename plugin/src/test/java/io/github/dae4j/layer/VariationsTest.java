package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** The same layer with another corruption, loss or input to reconstruct from. */
class VariationsTest {

  private static final DenoisingAutoEncoder LAYER =
      new DenoisingAutoEncoder.Builder().nIn(6).nOut(4).activation(Activation.SIGMOID).build();

  @Test
  void aCopyDiffersInWhatWasAskedForOnly() {
    MaskingCorruption masking = new MaskingCorruption(0.3);
    DenoisingAutoEncoder copy = LAYER.withCorruption(masking).withReconstructionLoss(new LossL2());
    assertThat(copy.getCorruption()).isEqualTo(masking);
    assertThat(copy.getReconstructionLoss()).isEqualTo(new LossL2());
    assertThat(LAYER.getCorruption()).isEqualTo(new NoCorruption());
    assertThat(copy.withCorruption(new NoCorruption()).withReconstructionLoss(new LossBinaryXENT()))
        .isEqualTo(LAYER);
  }

  @Test
  void aLossThatDoesNotGoWithTheDecoderIsRefused() {
    DenoisingAutoEncoder linear =
        new DenoisingAutoEncoder.Builder()
            .nIn(6)
            .nOut(4)
            .decoderActivation(Activation.IDENTITY)
            .reconstructionLoss(new LossL2())
            .build();
    assertThatThrownBy(() -> linear.withReconstructionLoss(new LossBinaryXENT()))
        .hasMessageContaining("decoderActivation must be sigmoid");
    assertThatThrownBy(() -> linear.withCorruption(null))
        .hasMessage("DenoisingAutoEncoder corruption must not be null");
  }

  @Test
  void theErrorOfACorruptedFormIsTakenAgainstTheCleanInput() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(LAYER.withReconstructionLoss(new LossL2()))
                .layer(new OutputLayer.Builder().nIn(4).nOut(2).build())
                .build());
    network.init();
    DenoisingAutoEncoderLayer layer = (DenoisingAutoEncoderLayer) network.getLayer(0);
    INDArray x = Nd4j.rand(5, 6);
    INDArray corrupted = x.mul(0.5);
    INDArray difference = layer.reconstruct(corrupted).sub(x);
    INDArray squares = difference.muli(difference);
    INDArray code = layer.encode(corrupted);
    assertThat(layer.decodingError(x, code)).isEqualTo(squares.sum(1));
    assertThat(layer.decodingErrorPerFeature(x, code)).isEqualTo(squares);
  }
}
