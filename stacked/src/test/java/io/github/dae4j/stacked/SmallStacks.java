package io.github.dae4j.stacked;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** The stacks and the data, both small, that the tests of the facade share. */
final class SmallStacks {

  static final int WIDTH = 12;
  static final int CLASSES = 3;

  private SmallStacks() {}

  /** 12 - 8 - 5 and a softmax of 3, sigmoid and tied. */
  static StackBuilder two() {
    return StackedDenoisingAutoEncoder.builder(WIDTH, 8, 5)
        .corruption(new MaskingCorruption(0.2))
        .seed(1)
        .updater(new Adam(0.01))
        .output(output());
  }

  static OutputLayer output() {
    return new OutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build();
  }

  static DenoisingAutoEncoder.Builder layer(long nIn, long nOut) {
    return new DenoisingAutoEncoder.Builder().nIn(nIn).nOut(nOut).activation(Activation.SIGMOID);
  }

  static StackedDenoisingAutoEncoder of(Layer... layers) {
    return StackedDenoisingAutoEncoder.of(network(DataType.FLOAT, layers));
  }

  static PretrainableNetwork network(DataType type, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(type)
            .updater(new Adam(0.01))
            .list(layers);
    PretrainableNetwork network = new PretrainableNetwork(list.build());
    network.init();
    return network;
  }

  /** Rows of numbers in [0, 1). */
  static INDArray data(long rows) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(11), rows, WIDTH);
  }

  static DataSet labelled(int rows) {
    INDArray labels = Nd4j.zeros(rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % CLASSES, 1);
    }
    return new DataSet(data(rows), labels);
  }

  static DenoisingAutoEncoderLayer decoder(StackedDenoisingAutoEncoder stack, int layer) {
    return (DenoisingAutoEncoderLayer) stack.network().getLayer(layer);
  }

  /** The exact values: {@code INDArray.equals} allows a difference of 1e-5. */
  static double[] exact(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
