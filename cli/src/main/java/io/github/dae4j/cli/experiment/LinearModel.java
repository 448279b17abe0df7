package io.github.dae4j.cli.experiment;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Logistic regression: DL4J's output layer by itself, trained on all rows at once, with the L2
 * penalty that validates best.
 */
final class LinearModel {

  private static final List<Double> PENALTIES = List.of(0.001, 0.01, 0.1);
  private static final int STEPS = 100;
  private static final double RATE = 0.1;

  private LinearModel() {}

  static TableResult.Errors train(DataSet train, DataSet validation, DataSet test) {
    TableResult.Errors best = null;
    for (double penalty : PENALTIES) {
      MultiLayerNetwork model = fit(train, penalty);
      TableResult.Errors errors =
          new TableResult.Errors(error(model, validation), error(model, test));
      if (best == null || errors.validation() < best.validation()) {
        best = errors;
      }
    }
    return best;
  }

  private static MultiLayerNetwork fit(DataSet train, double penalty) {
    MultiLayerNetwork model =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .weightInit(WeightInit.ZERO)
                .updater(new Adam(RATE))
                .l2(penalty)
                .list()
                .layer(
                    new OutputLayer.Builder()
                        .nIn(train.numInputs())
                        .nOut(train.numOutcomes())
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    model.init();
    for (int step = 0; step < STEPS; step++) {
      model.fit(train);
    }
    return model;
  }

  private static double error(MultiLayerNetwork model, DataSet rows) {
    Evaluation evaluation = new Evaluation(rows.numOutcomes());
    evaluation.eval(rows.getLabels(), model.output(rows.getFeatures()));
    return 1 - evaluation.accuracy();
  }
}
