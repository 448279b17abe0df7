package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Around the layer DL4J hands over sequences [minibatch, nIn, steps]. */
class TimeDistributedTest {

  private final INDArray x = Nd4j.rand(4, Small.WIDTH, 5);

  private static MultiLayerNetwork network() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            Small.settings()
                .list()
                .layer(new TimeDistributed(Small.layer().build(), RNNFormat.NCW))
                .layer(
                    new RnnOutputLayer.Builder()
                        .nIn(Small.CODE)
                        .nOut(Small.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(Small.WIDTH, 5, RNNFormat.NCW))
                .build());
    net.init();
    return net;
  }

  @Test
  void eachStepIsEncodedAndTheNetworkFits() {
    MultiLayerNetwork net = network();
    assertThat(net.output(x).shape()).containsExactly(4, Small.CLASSES, 5);
    INDArray labels = Nd4j.zeros(4, Small.CLASSES, 5);
    labels.tensorAlongDimension(0, 0, 2).assign(1);
    DataSet data = new DataSet(x, labels);
    double before = net.score(data);
    for (int step = 0; step < 20; step++) {
      net.fit(data);
    }
    assertThat(net.score(data)).isLessThan(before);
  }

  @Test
  void pretrainingTakesRowsAndSaysSo() {
    MultiLayerNetwork net = network();
    double[] before = Small.exact(net.params());
    assertThatThrownBy(() -> net.pretrainLayer(0, x))
        .hasMessageContaining("DenoisingAutoEncoder input must be [minibatch, 12], got [4, 12, 5]")
        .hasMessageContaining("; pretrain the layer alone, on the steps as rows");
    assertThat(Small.exact(net.params())).containsExactly(before);
  }
}
