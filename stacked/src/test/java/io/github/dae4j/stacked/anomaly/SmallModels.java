package io.github.dae4j.stacked.anomaly;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The stack and the data, both small, that the tests of detectors share. */
final class SmallModels {

  static final int WIDTH = 12;

  private SmallModels() {}

  /** Rows of numbers in [0, 1). */
  static INDArray data(long rows) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(11), rows, WIDTH)
        .castTo(DataType.FLOAT);
  }

  /** 12 - 6 as it comes. */
  static StackedDenoisingAutoEncoder plain() {
    return StackedDenoisingAutoEncoder.builder(WIDTH, 6).seed(1).build();
  }

  /** 12 - 6 with normalization and squared error, trained a little. */
  static StackedDenoisingAutoEncoder trained() {
    DataSet train = new DataSet(data(64), data(64));
    NormalizerStandardize normalization = new NormalizerStandardize();
    normalization.fit(train);
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(WIDTH, 6)
            .activation(Activation.TANH)
            .visible(Activation.IDENTITY, LossFunction.L2)
            .normalization(normalization)
            .seed(1)
            .updater(new Adam(0.01))
            .build();
    stack.pretrain(
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(2)).seed(1).build(),
        new ViewIterator(train, 16));
    return stack;
  }
}
