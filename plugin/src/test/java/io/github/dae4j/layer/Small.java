package io.github.dae4j.layer;

import io.github.dae4j.corruption.MaskingCorruption;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The data and the networks, both small, that the tests of this package share. */
final class Small {

  static final int WIDTH = 12;
  static final int CODE = 8;
  static final int CLASSES = 2;

  private Small() {}

  /** Two prototypes with noise, in [0, 1]: something an autoencoder can learn. */
  static INDArray patterns(int rows) {
    Nd4j.getRandom().setSeed(11);
    INDArray x = Nd4j.rand(rows, WIDTH).muli(0.1);
    for (int row = 0; row < rows; row++) {
      int from = row % 2 == 0 ? 0 : WIDTH / 2;
      for (int column = from; column < from + WIDTH / 2; column++) {
        x.putScalar(row, column, 0.9);
      }
    }
    return x;
  }

  /** Which prototype each row of {@link #patterns} has. */
  static INDArray labels(int rows) {
    INDArray labels = Nd4j.zeros(rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % 2, 1);
    }
    return labels;
  }

  static DataSet data(int rows) {
    return new DataSet(patterns(rows), labels(rows));
  }

  static DataSetIterator batches(int rows, int size) {
    return new ListDataSetIterator<>(data(rows).asList(), size);
  }

  static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .weightInit(WeightInit.XAVIER)
        .updater(new Sgd(0.1));
  }

  static DenoisingAutoEncoder.Builder layer() {
    return new DenoisingAutoEncoder.Builder()
        .nIn(WIDTH)
        .nOut(CODE)
        .activation(Activation.SIGMOID)
        .corruption(new MaskingCorruption(0.2));
  }

  /** What {@link #layer} is to a network that does not pretrain. */
  static DenseLayer dense() {
    return new DenseLayer.Builder().nIn(WIDTH).nOut(CODE).activation(Activation.SIGMOID).build();
  }

  static OutputLayer output(long nIn) {
    return new OutputLayer.Builder().nIn(nIn).nOut(CLASSES).activation(Activation.SOFTMAX).build();
  }

  static MultiLayerNetwork network(DenoisingAutoEncoder.Builder layer) {
    return network(settings(), layer.build());
  }

  /** One layer of {@link #CODE} units below a softmax. */
  static MultiLayerNetwork network(NeuralNetConfiguration.Builder settings, Layer layer) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(settings.list().layer(layer).layer(output(CODE)).build());
    net.init();
    return net;
  }

  /** The same as a graph: "in" -> "dae" -> "out". */
  static ComputationGraph graph(NeuralNetConfiguration.Builder settings, Layer layer) {
    GraphBuilder builder =
        settings
            .graphBuilder()
            .addInputs("in")
            .addLayer("dae", layer, "in")
            .addLayer("out", output(CODE), "dae")
            .setOutputs("out");
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }

  static DenoisingAutoEncoderLayer layerOf(MultiLayerNetwork net) {
    return (DenoisingAutoEncoderLayer) net.getLayer(0);
  }

  static DenoisingAutoEncoderLayer layerOf(ComputationGraph graph) {
    return (DenoisingAutoEncoderLayer) graph.getLayer("dae");
  }

  static void pretrain(MultiLayerNetwork net, INDArray x, int steps) {
    for (int step = 0; step < steps; step++) {
      net.pretrainLayer(0, x);
    }
  }

  static double error(DenoisingAutoEncoderLayer layer, INDArray x) {
    return layer.reconstructionError(x).meanNumber().doubleValue();
  }

  /** The exact values: {@code INDArray.equals} allows a difference of 1e-5. */
  static double[] exact(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  /** The exact values of each parameter. */
  static Map<String, double[]> params(Model model) {
    Map<String, double[]> values = new TreeMap<>();
    model.paramTable().forEach((key, value) -> values.put(key, exact(value)));
    return values;
  }
}
