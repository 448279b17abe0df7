package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.function.UnaryOperator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Data of two classes, a prototype with noise each, and stacks for them. */
public final class TwoPrototypes {

  public static final int WIDTH = 12;
  public static final int CLASSES = 2;

  private TwoPrototypes() {}

  public static INDArray features(int rows) {
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

  public static DataSet data(int rows) {
    INDArray labels = Nd4j.zeros(rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % 2, 1);
    }
    return new DataSet(features(rows), labels);
  }

  public static DataSetIterator minibatches(DataSet data, int size) {
    return new ListDataSetIterator<>(data.asList(), size);
  }

  public static PretrainableNetwork stack(int... widths) {
    return stack(layer -> layer, widths);
  }

  /** Denoising layers from {@link #WIDTH} units up, below a softmax. */
  public static PretrainableNetwork stack(
      UnaryOperator<DenoisingAutoEncoder.Builder> layers, int... widths) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .weightInit(WeightInit.XAVIER)
            .updater(new Sgd(0.5))
            .list();
    int nIn = WIDTH;
    for (int nOut : widths) {
      DenoisingAutoEncoder.Builder layer =
          new DenoisingAutoEncoder.Builder()
              .nIn(nIn)
              .nOut(nOut)
              .activation(Activation.SIGMOID)
              .corruption(new MaskingCorruption(0.2));
      list.layer(layers.apply(layer).build());
      nIn = nOut;
    }
    list.layer(
        new OutputLayer.Builder().nIn(nIn).nOut(CLASSES).activation(Activation.SOFTMAX).build());
    PretrainableNetwork network = new PretrainableNetwork(list.build());
    network.init();
    return network;
  }

  /** The exact values: {@code INDArray.equals} allows a difference of 1e-5. */
  public static double[] exact(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
