package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.EpochIterator;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation.Metric;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

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

  /** The score on the whole set, wherever the iterator stands. */
  public double of(MultiLayerNetwork network, DataSetIterator validation) {
    EpochIterator.begin(validation, 0, 0); // DL4J's calculators go on from where it stands
    if (!validation.hasNext()) {
      throw new IllegalArgumentException("the validation set has no minibatch");
    }
    return calculate(network, validation);
  }
}
