package io.github.dae4j.ui;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A stack 6-5-4-2 and 8 images of 2 x 3 pixels. */
final class TwoLayers {

  static final int HEIGHT = 2;
  static final int WIDTH = 3;

  private static final int IMAGES = 8;
  private static final Corruption MASKING = new MaskingCorruption(0.3);

  private final StackedDenoisingAutoEncoder stack =
      StackedDenoisingAutoEncoder.builder(HEIGHT * WIDTH, 5, 4)
          .corruption(MASKING)
          .activation(Activation.SIGMOID)
          .seed(5)
          .updater(new Sgd(0.1))
          .output(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
          .build();

  StackedDenoisingAutoEncoder stack() {
    return stack;
  }

  static INDArray images() {
    INDArray images = Nd4j.zeros(DataType.FLOAT, IMAGES, HEIGHT * WIDTH);
    for (int i = 0; i < IMAGES; i++) {
      images.putScalar(i, i % (HEIGHT * WIDTH), 1);
      images.putScalar(i, i * i % (HEIGHT * WIDTH), 1);
    }
    return images;
  }

  static ImageExamples examples() {
    INDArray corrupted =
        MASKING.corrupt(images(), Nd4j.getRandomFactory().getNewRandomInstance(1), 0, 0).values();
    return new ImageExamples(images(), corrupted, HEIGHT, WIDTH);
  }

  /** Pretrains both layers for two epochs of two minibatches, and fine-tunes for three. */
  void train() {
    stack.pretrain(
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(2)).build(), minibatches());
    stack.fineTune(
        new FineTuner.Builder().epochs(3).updater(new Sgd(0.1)).build(),
        minibatches(),
        minibatches());
  }

  private static DataSetIterator minibatches() {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, IMAGES, 2);
    for (int i = 0; i < IMAGES; i++) {
      labels.putScalar(i, i % 2, 1);
    }
    return new ViewIterator(new DataSet(images(), labels), IMAGES / 2);
  }
}
