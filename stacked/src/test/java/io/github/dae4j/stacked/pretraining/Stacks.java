package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Small stacks and data for them. */
final class Stacks {

  static final int WIDTH = 12;

  private Stacks() {}

  /** Denoising autoencoders of these widths, and an output layer. */
  static PretrainableNetwork of(int... widths) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i + 1 < widths.length; i++) {
      layers.add(denoising(widths[i], widths[i + 1]));
    }
    layers.add(output(widths[widths.length - 1]));
    return of(layers.toArray(Layer[]::new));
  }

  static PretrainableNetwork of(Layer... layers) {
    return initialised(list(layers));
  }

  static NeuralNetConfiguration.ListBuilder list(Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(0.02))
            .list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return list;
  }

  static PretrainableNetwork initialised(NeuralNetConfiguration.ListBuilder list) {
    PretrainableNetwork network = new PretrainableNetwork(list.build());
    network.init();
    return network;
  }

  static DenoisingAutoEncoder denoising(int nIn, int nOut) {
    return new DenoisingAutoEncoder.Builder()
        .nIn(nIn)
        .nOut(nOut)
        .activation(Activation.SIGMOID)
        .corruption(new MaskingCorruption(0.3))
        .build();
  }

  static OutputLayer output(int nIn) {
    return new OutputLayer.Builder().nIn(nIn).nOut(3).activation(Activation.SOFTMAX).build();
  }

  /** Two prototypes with noise: something an autoencoder can learn. */
  static INDArray data(int rows) {
    INDArray x =
        Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(11), rows, WIDTH)
            .castTo(DataType.FLOAT)
            .muli(0.1);
    for (int row = 0; row < rows; row++) {
      int from = row % 2 == 0 ? 0 : WIDTH / 2;
      for (int column = from; column < from + WIDTH / 2; column++) {
        x.putScalar(row, column, 0.9);
      }
    }
    return x;
  }

  static DataSetIterator batches(INDArray x, int size) {
    List<DataSet> rows = new ArrayList<>();
    for (long row = 0; row < x.size(0); row++) {
      INDArray example = x.slice(row).reshape(oneOf(x));
      rows.add(new DataSet(example, example));
    }
    return new ListDataSetIterator<>(rows, size);
  }

  private static long[] oneOf(INDArray x) {
    long[] shape = x.shape().clone();
    shape[0] = 1;
    return shape;
  }

  /** All parameters, to be compared to the bit: arrays are equal if they differ by 1e-5. */
  static float[] bits(MultiLayerNetwork network) {
    return network.params().toFloatVector();
  }

  static DenoisingAutoEncoderLayer layer(MultiLayerNetwork network, int index) {
    return (DenoisingAutoEncoderLayer) network.getLayer(index);
  }
}
