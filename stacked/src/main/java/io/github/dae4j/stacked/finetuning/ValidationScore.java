package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.EpochIterator;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation.Metric;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;

/** What fine-tuning measures on the validation set, by DL4J's score calculators; less is better. */
public enum ValidationScore {
  /** The share of examples that are classified wrongly, in [0, 1]. */
  CLASSIFICATION_ERROR {
    @Override
    double calculate(MultiLayerNetwork network, DataSetIterator validation) {
      return 1
          - new ClassificationScoreCalculator(Metric.ACCURACY, validation).calculateScore(network);
    }
  },

  /** The mean loss of an example, regularization included. */
  LOSS {
    @Override
    double calculate(MultiLayerNetwork network, DataSetIterator validation) {
      return new DataSetLossCalculator(validation, true).calculateScore(network);
    }
  };

  abstract double calculate(MultiLayerNetwork network, DataSetIterator validation);

  /** Whether the output layer tells classes, by its loss or by a softmax. */
  static boolean classifies(MultiLayerNetwork network) {
    Layer output = network.getLayer(network.getnLayers() - 1).conf().getLayer();
    if (!(output instanceof BaseOutputLayer top)) {
      return true; // of a loss layer or one of the user's own nothing is known
    }
    ILossFunction loss = top.getLossFn();
    return top.getActivationFn() instanceof ActivationSoftmax
        || loss instanceof LossMCXENT
        || loss instanceof LossSparseMCXENT
        || loss instanceof LossBinaryXENT
        || loss instanceof LossFMeasure
        || loss instanceof LossHinge
        || loss instanceof LossSquaredHinge;
  }

  /** The score on the whole set, wherever the iterator stands. */
  public double of(MultiLayerNetwork network, DataSetIterator validation) {
    EpochIterator.begin(validation, 0, 0); // DL4J's calculators go on from where it stands
    if (!validation.hasNext()) {
      throw new IllegalArgumentException("the validation set has no minibatch");
    }
    return calculate(network, validation);
  }
}
