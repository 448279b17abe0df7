package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.listener.ValidationListener;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.ValidationScore;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class ValidationListenerTest {

  private static final class Hearing extends BaseTrainingListener implements ValidationListener {
    private final List<Double> scores = new ArrayList<>();

    @Override
    public void onValidation(MultiLayerNetwork network, double score) {
      scores.add(score);
    }
  }

  private final Hearing hearing = new Hearing();
  private final StackedDenoisingAutoEncoder stack =
      StackedDenoisingAutoEncoder.builder(3, 2, 2)
          .seed(1)
          .output(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
          .build();

  ValidationListenerTest() {
    stack.network().setListeners(hearing, new BaseTrainingListener() {});
  }

  @Test
  void pretrainingTellsTheErrorOfEachEpochOfEachLayer() {
    List<LayerResult> results =
        stack.pretrain(
            new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(2)).build(),
            examples(),
            examples());
    List<Double> errors = new ArrayList<>(results.get(0).validationErrors());
    errors.addAll(results.get(1).validationErrors());
    assertThat(hearing.scores).hasSize(4).isEqualTo(errors);
  }

  @Test
  void fineTuningTellsTheScoreOfEachValidation() {
    FineTuningResult result =
        stack.fineTune(
            new FineTuner.Builder().epochs(3).validationScore(ValidationScore.LOSS).build(),
            examples(),
            examples());
    assertThat(hearing.scores)
        .isEqualTo(result.epochs().stream().map(FineTuningResult.Epoch::validationScore).toList());
  }

  private static DataSetIterator examples() {
    INDArray x = Nd4j.createFromArray(new float[][] {{0, 1, 0}, {1, 0, 1}, {1, 1, 0}, {0, 0, 1}});
    INDArray y = Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}, {0, 1}, {1, 0}});
    return new ViewIterator(new DataSet(x, y), 2);
  }
}
