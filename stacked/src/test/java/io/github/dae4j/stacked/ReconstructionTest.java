package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

class ReconstructionTest {

  @Test
  void theWayDownIsTheChainOfDecoders() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(4);
    INDArray code = tiedDecoder(stack.encode(x), stack, 1);
    assertThat(stack.reconstruct(x)).isEqualTo(tiedDecoder(code, stack, 0));
  }

  private static INDArray tiedDecoder(INDArray code, StackedDenoisingAutoEncoder stack, int layer) {
    INDArray w = stack.network().getLayer(layer).getParam("W");
    INDArray vb = stack.network().getLayer(layer).getParam("vb");
    return Transforms.sigmoid(code.mmul(w.transpose()).addRowVector(vb));
  }

  @Test
  void aStackOfOneIsItsLayer() {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.builder(12, 8).build();
    INDArray x = SmallStacks.data(4);
    assertThat(SmallStacks.exact(stack.reconstruct(x)))
        .containsExactly(SmallStacks.exact(SmallStacks.decoder(stack, 0).reconstruct(x)));
    assertThat(SmallStacks.exact(stack.reconstructionError(x)))
        .containsExactly(SmallStacks.exact(SmallStacks.decoder(stack, 0).reconstructionError(x)));
    assertThat(SmallStacks.exact(stack.reconstructionErrorPerFeature(x)))
        .containsExactly(
            SmallStacks.exact(SmallStacks.decoder(stack, 0).reconstructionErrorPerFeature(x)));
  }

  @Test
  void theErrorIsTheCrossEntropyOfTheReconstruction() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(4);
    INDArray z = stack.reconstruct(x);
    INDArray cells = x.mul(Transforms.log(z)).add(x.rsub(1).mul(Transforms.log(z.rsub(1)))).neg();
    assertThat(stack.reconstructionErrorPerFeature(x)).isEqualTo(cells);
    assertThat(stack.reconstructionError(x)).isEqualTo(cells.sum(1));
    assertThat(stack.reconstructionErrorPerFeature(x).sum(1))
        .isEqualTo(stack.reconstructionError(x));
  }

  @Test
  void theErrorIsMeasuredWithTheLossOfTheBottomLayer() {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.two()
            .activation(Activation.TANH)
            .visible(Activation.IDENTITY, LossFunction.L2)
            .build();
    INDArray x = SmallStacks.data(4).mul(6).sub(3);
    INDArray difference = stack.reconstruct(x).sub(x);
    assertThat(stack.reconstructionErrorPerFeature(x)).isEqualTo(difference.mul(difference));
    assertThat(stack.reconstructionError(x)).isEqualTo(difference.mul(difference).sum(1));
  }

  @Test
  void measuringLeavesTheNetworkAsItWas() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(4);
    INDArray code = stack.encode(x);
    String conf = stack.network().getLayerWiseConfigurations().toJson();
    stack.reconstructionError(x);
    assertThat(stack.encode(x)).isEqualTo(code);
    assertThat(stack.network().getLayerWiseConfigurations().toJson()).isEqualTo(conf);
  }

  @Test
  void dropoutIsTheIdentityOnTheWayDown() {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.of(
            SmallStacks.layer(12, 8).tiedWeights(false).build(),
            new DropoutLayer.Builder(0.5).build(),
            SmallStacks.layer(8, 5).tiedWeights(false).build());
    INDArray x = SmallStacks.data(4);
    INDArray code = SmallStacks.decoder(stack, 2).decode(stack.encode(x));
    assertThat(stack.reconstruct(x)).isEqualTo(SmallStacks.decoder(stack, 0).decode(code));
  }

  @Test
  void aLayerWithoutAnInverseIsNamed() {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.of(
            SmallStacks.layer(12, 8).build(),
            new BatchNormalization.Builder().name("norm").nIn(8).nOut(8).build(),
            SmallStacks.layer(8, 5).build());
    INDArray x = SmallStacks.data(2);
    assertThat(stack.encode(x).shape()).containsExactly(2, 5);
    String message =
        "the way down from the top code needs a decoder for every layer, but layer 1"
            + " (BatchNormalization \"norm\") has no inverse";
    assertThatThrownBy(() -> stack.reconstruct(x)).hasMessage(message);
    assertThatThrownBy(() -> stack.reconstructionError(x)).hasMessage(message);
  }
}
