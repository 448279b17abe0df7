package io.github.dae4j.internal.solver;

import io.github.dae4j.listener.ScoreListener;
import java.util.Collection;
import java.util.Set;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.deeplearning4j.optimize.listeners.EvaluativeListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.optimize.listeners.TimeIterationListener;

/** What the listeners of a training can tell of it. */
public final class ListenerNeeds {

  private static final Set<Class<?>> SCORE_LISTENERS =
      Set.of(
          CheckpointListener.class,
          CollectScoresIterationListener.class,
          EvaluativeListener.class,
          PerformanceListener.class,
          ScoreIterationListener.class,
          TimeIterationListener.class);

  private ListenerNeeds() {}

  /** True if none of them looks at gradients, updates or activations, as far as is known. */
  public static boolean looksAtScoresAlone(Collection<TrainingListener> listeners) {
    return listeners == null || listeners.stream().allMatch(ListenerNeeds::looksAtScoresAlone);
  }

  private static boolean looksAtScoresAlone(TrainingListener listener) {
    return listener instanceof ScoreListener || SCORE_LISTENERS.contains(listener.getClass());
  }
}
