package io.github.dae4j.internal.solver;

import io.github.dae4j.listener.ScoreListener;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * What the listeners of a training look at while a step is under way. After a step they find
 * everything in its place; before it ends, only where one of them has a method for that.
 *
 * @param gradients one overrides {@code onGradientCalculation} or {@code onBackwardPass}
 * @param activations one overrides {@code onForwardPass}
 */
public record ListenerNeeds(boolean gradients, boolean activations) {

  private static final ListenerNeeds NONE = new ListenerNeeds(false, false);

  private static final ClassValue<ListenerNeeds> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected ListenerNeeds computeValue(Class<?> type) {
          return new ListenerNeeds(
              overrides(type, Set.of("onGradientCalculation", "onBackwardPass")),
              overrides(type, Set.of("onForwardPass")));
        }
      };

  /** Of all listeners together; null for none. */
  public static ListenerNeeds of(Collection<TrainingListener> listeners) {
    return listeners == null
        ? NONE
        : listeners.stream()
            .filter(listener -> !(listener instanceof ScoreListener))
            .map(listener -> OF_CLASS.get(listener.getClass()))
            .reduce(NONE, ListenerNeeds::and);
  }

  private ListenerNeeds and(ListenerNeeds other) {
    return new ListenerNeeds(gradients || other.gradients, activations || other.activations);
  }

  /** Whether one of them looks at something before a step ends. */
  public boolean withinStep() {
    return gradients || activations;
  }

  private static boolean overrides(Class<?> listener, Set<String> methods) {
    return Arrays.stream(listener.getMethods())
        .filter(method -> methods.contains(method.getName()))
        .map(Method::getDeclaringClass)
        .anyMatch(owner -> owner != BaseTrainingListener.class);
  }
}
