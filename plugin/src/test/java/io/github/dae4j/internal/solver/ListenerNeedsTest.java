package io.github.dae4j.internal.solver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.listener.ScoreListener;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.optimize.listeners.TimeIterationListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenerNeedsTest {

  static Stream<TrainingListener> lookingAtScores() {
    return Stream.of(
        new CollectScoresIterationListener(),
        new PerformanceListener(1),
        new ScoreIterationListener(),
        new TimeIterationListener(10),
        new OfScores());
  }

  static Stream<TrainingListener> lookingCloser() {
    return Stream.of(
        new StatsListener(new InMemoryStatsStorage()),
        new BaseTrainingListener() {},
        new ScoreIterationListener() {});
  }

  @ParameterizedTest
  @MethodSource("lookingAtScores")
  void scoresAloneAreWhatTheseLookAt(TrainingListener listener) {
    assertThat(ListenerNeeds.looksAtScoresAlone(List.of(listener))).isTrue();
    assertThat(ListenerNeeds.looksAtScoresAlone(List.of(listener, new OfScores()))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("lookingCloser")
  void oneThatMayLookCloserIsEnough(TrainingListener listener) {
    assertThat(ListenerNeeds.looksAtScoresAlone(List.of(listener))).isFalse();
    assertThat(ListenerNeeds.looksAtScoresAlone(List.of(new OfScores(), listener))).isFalse();
  }

  @Test
  void nobodyLooksAtNothing() {
    assertThat(ListenerNeeds.looksAtScoresAlone(List.of())).isTrue();
    assertThat(ListenerNeeds.looksAtScoresAlone(null)).isTrue();
  }

  private static final class OfScores extends BaseTrainingListener implements ScoreListener {}
}
