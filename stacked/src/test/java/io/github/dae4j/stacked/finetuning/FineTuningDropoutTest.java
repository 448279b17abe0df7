package io.github.dae4j.stacked.finetuning;

import static io.github.dae4j.stacked.finetuning.TwoPrototypes.data;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.exact;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

class FineTuningDropoutTest {

  private static FineTuner.Builder tuner() {
    return new FineTuner.Builder().epochs(2).updater(new Sgd(0.5));
  }

  private static MultiLayerNetwork fitted(FineTuner tuner) {
    MultiLayerNetwork network = stack(10, 8);
    fit(tuner, network);
    return network;
  }

  private static void fit(FineTuner tuner, MultiLayerNetwork network) {
    DataSet data = data(20);
    tuner.fit(
        network, new ShuffledIterator(data, 5, 1), TwoPrototypes.minibatches(data.copy(), 20));
  }

  private static List<IDropout> dropoutOf(MultiLayerNetwork network) {
    return Arrays.stream(network.getLayers())
        .map(layer -> layer.conf().getLayer().getIDropout())
        .toList();
  }

  @Test
  void layersDropTheirInputsWhileFineTuningRunsAndNotAfterwards() {
    MultiLayerNetwork network = stack(10, 8);
    network.getLayer(1).conf().getLayer().setIDropout(new Dropout(0.9));
    List<IDropout> own = dropoutOf(network);
    List<List<IDropout>> during = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, List<INDArray> activations) {
            during.add(dropoutOf(network));
          }
        });
    fit(tuner().dropout(0.25, 0.5).build(), network);
    assertThat(during)
        .isNotEmpty()
        .containsOnly(List.of(new Dropout(0.75), new Dropout(0.5), new Dropout(0.5)));
    assertThat(dropoutOf(network)).containsExactlyElementsOf(own);
  }

  @Test
  void itChangesWhatIsLearntAndNoDropoutDoesNot() {
    double[] without = exact(fitted(tuner().build()).params());
    assertThat(exact(fitted(tuner().dropout(0, 0).build()).params())).containsExactly(without);
    assertThat(exact(fitted(tuner().dropout(0.2, 0).build()).params())).isNotEqualTo(without);
    assertThat(exact(fitted(tuner().dropout(0, 0.5).build()).params())).isNotEqualTo(without);
  }

  @Test
  void probabilitiesAndTheJointLossAreChecked() {
    assertThatThrownBy(() -> tuner().dropout(1, 0))
        .hasMessage("FineTuner dropout input must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> tuner().dropout(0, Double.NaN))
        .hasMessage("FineTuner dropout hidden must be in [0, 1), got NaN");
    FineTuner both = tuner().dropout(0.2, 0.5).denoisingWeight(0.1).build();
    assertThatThrownBy(() -> fitted(both))
        .hasMessage(
            "FineTuner dropout must be 0 for the input of layer 0, whose denoisingWeight is 0.1:"
                + " it would reconstruct what dropout left, got 0.2");
    fitted(tuner().dropout(0, 0.5).denoisingWeight(0.1).build());
  }
}
