package io.github.dae4j.internal.solver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.listener.ScoreListener;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.optimize.listeners.TimeIterationListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ListenerNeedsTest {

  static Stream<TrainingListener> lookingAfterSteps() {
    return Stream.of(
        new CollectScoresIterationListener(),
        new CheckpointListener.Builder("unused").saveEveryEpoch().build(),
        new PerformanceListener(1),
        new ScoreIterationListener(),
        new TimeIterationListener(10),
        new BaseTrainingListener() {},
        new ScoreIterationListener() {},
        new EndOfSteps(),
        new DeclaringThatItDoesNot());
  }

  @ParameterizedTest
  @MethodSource("lookingAfterSteps")
  void whoOverridesNoMethodOfAStepNeedsNothingWithinIt(TrainingListener listener) {
    assertThat(ListenerNeeds.of(List.of(listener, new EndOfSteps())).withinStep()).isFalse();
  }

  @Test
  void whoOverridesOneNeedsWhatItIsAbout() {
    assertThat(needs(new OfGradients())).isEqualTo(new ListenerNeeds(true, false));
    assertThat(needs(new OfGradients() {})).isEqualTo(new ListenerNeeds(true, false));
    assertThat(needs(new OfBackwardPass())).isEqualTo(new ListenerNeeds(true, false));
    assertThat(needs(new OfActivations())).isEqualTo(new ListenerNeeds(false, true));
    assertThat(needs(new StatsListener(new InMemoryStatsStorage())))
        .isEqualTo(new ListenerNeeds(true, true));
  }

  @Test
  void theNeedsOfAllListenersCount() {
    assertThat(needs(new EndOfSteps(), new OfActivations(), new OfGradients()))
        .isEqualTo(new ListenerNeeds(true, true));
  }

  @Test
  void nobodyNeedsNothing() {
    assertThat(needs().withinStep()).isFalse();
    assertThat(ListenerNeeds.of(null).withinStep()).isFalse();
  }

  private static ListenerNeeds needs(TrainingListener... listeners) {
    return ListenerNeeds.of(List.of(listeners));
  }

  private static final class EndOfSteps extends BaseTrainingListener {
    @Override
    public void iterationDone(Model model, int iteration, int epoch) {}
  }

  private static class OfGradients extends BaseTrainingListener {
    @Override
    public void onGradientCalculation(Model model) {}
  }

  private static final class OfBackwardPass extends BaseTrainingListener {
    @Override
    public void onBackwardPass(Model model) {}
  }

  private static final class OfActivations extends BaseTrainingListener {
    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {}
  }

  private static final class DeclaringThatItDoesNot extends OfGradients implements ScoreListener {}
}
