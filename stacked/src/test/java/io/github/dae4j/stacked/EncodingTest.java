package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.Minibatches;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

class EncodingTest {

  /** Of a network that flattens them, and of one with a convolution below the autoencoder. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void imagesThatPretrainTakesAreEncoded(boolean convolution) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(0.01)).list();
    if (convolution) {
      layers.layer(
          new ConvolutionLayer.Builder(2, 2).nOut(2).activation(Activation.SIGMOID).build());
    }
    PretrainableNetwork network =
        new PretrainableNetwork(
            layers
                .layer(new DenoisingAutoEncoder.Builder().nOut(5).build())
                .layer(SmallStacks.output())
                .setInputType(InputType.convolutional(3, 4, 1))
                .build());
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.of(network);
    for (int rows : new int[] {7, Minibatches.ROWS + 3}) {
      INDArray images = SmallStacks.data(rows).reshape(rows, 1, 3, 4);
      stack.pretrain(images, 1);
      assertThat(stack.encode(images))
          .isEqualTo(network.feedForward(images).get(stack.topLayer() + 1));
      assertThat(stack.predict(images)).isEqualTo(network.output(images));
    }
    INDArray outside = SmallStacks.data(2).mul(9).reshape(2, 1, 3, 4);
    assertThat(stack.encode(outside).shape()).containsExactly(2, 5);
    if (!convolution) {
      INDArray rows = SmallStacks.data(4);
      assertThat(stack.encode(rows.reshape(4, 1, 3, 4))).isEqualTo(stack.encode(rows));
    }
    assertThatThrownBy(() -> stack.reconstruct(outside))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("has no inverse");
  }

  @Test
  void theCodeIsTheSigmoidOfTheSigmoid() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(4);
    INDArray first = dense(x, stack, 0);
    assertThat(stack.encode(x, 0)).isEqualTo(first);
    assertThat(stack.encode(x)).isEqualTo(dense(first, stack, 1));
  }

  private static INDArray dense(INDArray x, StackedDenoisingAutoEncoder stack, int layer) {
    INDArray w = stack.network().getLayer(layer).getParam("W");
    INDArray b = stack.network().getLayer(layer).getParam("b");
    return Transforms.sigmoid(x.mmul(w).addRowVector(b));
  }

  @Test
  void theCodeOfEachLayerIsWhatTheNetworkFeedsForward() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(4);
    for (int layer = 0; layer < 2; layer++) {
      assertThat(SmallStacks.exact(stack.encode(x, layer)))
          .containsExactly(SmallStacks.exact(stack.network().feedForward(x).get(layer + 1)));
    }
  }

  @Test
  void aLayerThatIsNoCodeIsAnError() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    assertThatThrownBy(() -> stack.encode(SmallStacks.data(1), 2))
        .hasMessage("encode layer must be in [0, 1], got 2");
    assertThatThrownBy(() -> stack.encode(SmallStacks.data(1), -1))
        .hasMessage("encode layer must be in [0, 1], got -1");
  }

  @Test
  void ordinaryLayersArePassedThroughAsAtUse() {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.of(
            new DenseLayer.Builder()
                .nIn(SmallStacks.WIDTH)
                .nOut(10)
                .activation(Activation.TANH)
                .build(),
            new BatchNormalization.Builder().nIn(10).nOut(10).build(),
            SmallStacks.layer(10, 8).build(),
            new DropoutLayer.Builder(0.5).build(),
            new ActivationLayer.Builder().activation(Activation.RELU).build(),
            SmallStacks.layer(8, 5).dropOut(0.5).build(),
            new DenseLayer.Builder().nIn(5).nOut(3).build());
    INDArray x = SmallStacks.data(6);
    assertThat(SmallStacks.exact(stack.encode(x)))
        .containsExactly(SmallStacks.exact(stack.network().feedForward(x, false).get(6)));
    assertThat(stack.encode(x).shape()).containsExactly(6, 5);
    assertThat(stack.encode(x, 1).shape()).containsExactly(6, 10);
  }

  @Test
  void frozenLayersHaveCodes() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(3);
    INDArray code = stack.encode(x);
    INDArray z = stack.reconstruct(x);
    INDArray error = stack.reconstructionError(x);
    for (int layer = 0; layer < 2; layer++) {
      stack.network().getLayers()[layer] = new FrozenLayer(stack.network().getLayer(layer));
    }
    assertThat(stack.encode(x)).isEqualTo(code);
    assertThat(stack.reconstruct(x)).isEqualTo(z);
    assertThat(stack.reconstructionError(x)).isEqualTo(error);
  }

  @Test
  void manyRowsAreComputedInMinibatches() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    int rows = 2 * Minibatches.ROWS + 7;
    INDArray x = SmallStacks.data(rows);
    INDArray code = stack.encode(x);
    INDArray error = stack.reconstructionError(x);
    INDArray z = stack.reconstruct(x);
    assertThat(code).isEqualTo(stack.network().feedForward(x).get(2));
    assertThat(error.shape()).containsExactly(rows);
    for (int row : new int[] {0, 1, Minibatches.ROWS, 2 * Minibatches.ROWS, rows - 1}) {
      INDArray alone = x.get(NDArrayIndex.interval(row, row + 1), NDArrayIndex.all());
      assertThat(stack.encode(alone).getRow(0)).isEqualTo(code.getRow(row));
      assertThat(stack.reconstruct(alone).getRow(0)).isEqualTo(z.getRow(row));
      assertThat(stack.reconstructionError(alone).getDouble(0))
          .isCloseTo(error.getDouble(row), within(1e-4));
    }
  }

  @Test
  @SuppressWarnings("try")
  void resultsOutliveTheWorkspaceOfTheCaller() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(3);
    INDArray expected = stack.encode(x);
    INDArray code;
    INDArray error;
    try (MemoryWorkspace scope = Nd4j.getWorkspaceManager().getAndActivateWorkspace("CALLER")) {
      code = stack.encode(x);
      error = stack.reconstructionError(x);
      assertThat(stack.reconstruct(x).isAttached()).isFalse();
    }
    assertThat(code.isAttached()).isFalse();
    assertThat(error.isAttached()).isFalse();
    assertThat(code).isEqualTo(expected);
  }

  @Test
  void bytesAndDoublesAreTakenInTheTypeOfTheNetwork() {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.two().normalization(new ImagePreProcessingScaler(0, 1)).build();
    INDArray x = SmallStacks.data(3).mul(255).castTo(DataType.UINT8);
    INDArray code = stack.encode(x.castTo(DataType.DOUBLE));
    assertThat(code.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(stack.encode(x)).isEqualTo(code);
    assertThat(stack.encode(x))
        .isEqualTo(stack.network().feedForward(x.castTo(DataType.FLOAT).div(255)).get(2));
  }

  @Test
  void otherShapesAreNamed() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    assertThatThrownBy(() -> stack.encode(Nd4j.zeros(3, 5)))
        .hasMessage("StackedDenoisingAutoEncoder input must be [minibatch, 12], got [3, 5]");
    assertThatThrownBy(() -> stack.encode(Nd4j.zeros(12)))
        .hasMessage("StackedDenoisingAutoEncoder input must be [minibatch, 12], got [12]");
  }

  @Test
  void aNetworkWithoutCodesIsAnError() {
    assertThatThrownBy(() -> SmallStacks.of(new DenseLayer.Builder().nIn(3).nOut(2).build()))
        .hasMessage(
            "StackedDenoisingAutoEncoder needs a network with a DenoisingAutoEncoder, got"
                + " [DenseLayer]");
  }
}
