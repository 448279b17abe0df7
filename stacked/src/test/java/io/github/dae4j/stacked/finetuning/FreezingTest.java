package io.github.dae4j.stacked.finetuning;

import static io.github.dae4j.stacked.finetuning.TwoPrototypes.data;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.exact;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.minibatches;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.pretraining.DivergedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class FreezingTest {

  static List<IUpdater> updaters() {
    return List.of(new Sgd(0.1), new Nesterovs(0.1, 0.9), new Adam(0.01));
  }

  /** The gradients of an earlier fit lie in the flat gradient still, which a step subtracts. */
  @ParameterizedTest
  @MethodSource("updaters")
  void eachEpochChangesExactlyTheLayersOfTheSchedule(IUpdater updater) {
    MultiLayerNetwork network = stack(10, 9, 8);
    network.pretrain(train(), 1);
    network.fit(train());
    ChangedLayers changed = new ChangedLayers(network);
    network.setListeners(changed);

    tuner(7, updater)
        .freezing(FreezingSchedule.freezingBelow(3).then(2, 2).then(3, 0))
        .build()
        .fit(network, train(), train());

    assertThat(changed.byEpoch)
        .containsExactly(
            List.of(3),
            List.of(3),
            List.of(2, 3),
            List.of(0, 1, 2, 3),
            List.of(0, 1, 2, 3),
            List.of(0, 1, 2, 3),
            List.of(0, 1, 2, 3));
  }

  /** Which layers differ, in any bit, from what they were at the end of the epoch before. */
  private static final class ChangedLayers extends BaseTrainingListener {

    private final List<List<Integer>> byEpoch = new ArrayList<>();
    private final List<double[]> before = new ArrayList<>();

    ChangedLayers(MultiLayerNetwork network) {
      for (int i = 0; i < network.getnLayers(); i++) {
        before.add(exact(network.getLayer(i).params()));
      }
    }

    @Override
    public void onEpochEnd(Model model) {
      List<Integer> changed = new ArrayList<>();
      for (int i = 0; i < before.size(); i++) {
        double[] now = exact(((MultiLayerNetwork) model).getLayer(i).params());
        if (!Arrays.equals(before.set(i, now), now)) {
          changed.add(i);
        }
      }
      byEpoch.add(changed);
    }
  }

  @Test
  void afterwardsTheNetworkHasItsOwnLayersAndCanBePretrained() {
    PretrainableNetwork network = stack(10, 8);
    List<?> layers = List.of(network.getLayers());
    tuner(1, new Adam(0.1))
        .freezing(FreezingSchedule.freezingBelow(2))
        .build()
        .fit(network, train(), train());
    assertThat(network.getLayers()).isEqualTo(layers.toArray());
    double[] first = exact(network.getLayer(0).params());
    network.pretrain(train(), 1);
    assertThat(exact(network.getLayer(0).params())).isNotEqualTo(first);
    double[] pretrained = exact(network.getLayer(0).params());
    network.fit(train());
    assertThat(exact(network.getLayer(0).params())).isNotEqualTo(pretrained);
  }

  @Test
  void alsoAfterADivergence() {
    PretrainableNetwork network = stack(10, 8);
    network.getLayer(2).params().assign(Double.NaN);
    FineTuner tuner = tuner(1, new Sgd(0.1)).freezing(FreezingSchedule.freezingBelow(2)).build();
    assertThatThrownBy(() -> tuner.fit(network, train(), train()))
        .isInstanceOf(DivergedException.class);
    assertThat(network.getLayers()).noneMatch(FrozenLayer.class::isInstance);
  }

  @Test
  void whatTheUserFrozeStaysFrozen() {
    PretrainableNetwork network = stack(10, 8);
    network.getLayers()[0] = new FrozenLayer(network.getLayer(0));
    double[] frozen = exact(network.getLayer(0).params());
    tuner(2, new Sgd(0.5)).build().fit(network, train(), train());
    assertThat(network.getLayer(0)).isInstanceOf(FrozenLayer.class);
    assertThat(exact(network.getLayer(0).params())).containsExactly(frozen);
  }

  @Test
  void schedulesAreValues() {
    FreezingSchedule schedule = FreezingSchedule.freezingBelow(3).then(5, 2).then(10, 0);
    assertThat(schedule).isEqualTo(FreezingSchedule.freezingBelow(3).then(5, 2).then(10, 0));
    assertThat(schedule)
        .hasSameHashCodeAs(FreezingSchedule.freezingBelow(3).then(5, 2).then(10, 0));
    assertThat(schedule).isNotEqualTo(FreezingSchedule.freezingBelow(3));
    assertThat(schedule).hasToString("FreezingSchedule{0=3, 5=2, 10=0}");
    assertThat(List.of(0, 4, 5, 9, 10, 99))
        .map(schedule::firstTrainedLayer)
        .containsExactly(3, 3, 2, 2, 0, 0);
  }

  @Test
  void badArgumentsAreNamed() {
    FreezingSchedule schedule = FreezingSchedule.freezingBelow(2).then(3, 1);
    assertThatThrownBy(() -> FreezingSchedule.freezingBelow(-1))
        .hasMessage("FreezingSchedule layer must be >= 0, got -1");
    assertThatThrownBy(() -> schedule.then(3, 0))
        .hasMessage("FreezingSchedule epoch must be > 3, got 3");
    assertThatThrownBy(() -> schedule.then(4, 1))
        .hasMessage("FreezingSchedule layer from epoch 4 on must be in [0, 1), got 1");
  }

  private static FineTuner.Builder tuner(int epochs, IUpdater updater) {
    return new FineTuner.Builder().epochs(epochs).updater(updater);
  }

  private static DataSetIterator train() {
    return minibatches(data(20), 5);
  }
}
