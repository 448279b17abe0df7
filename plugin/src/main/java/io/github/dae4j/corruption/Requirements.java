package io.github.dae4j.corruption;

import io.github.dae4j.internal.compute.FloatRange;
import java.util.List;

/** The checks that corruptions share; each message names the owner, the rule and the value. */
final class Requirements {

  private Requirements() {}

  static void requireLevel(Class<?> owner, String name, double level) {
    if (!(level >= 0 && level <= 1)) {
      throw new IllegalArgumentException(
          owner.getSimpleName() + " " + name + " must be in [0, 1], got " + level);
    }
  }

  static void requireFinite(Class<?> owner, String name, double value) {
    FloatRange.require(owner.getSimpleName() + " " + name, value);
  }

  static void requireGiven(Class<?> owner, String name, Object value) {
    if (value == null || value instanceof List<?> list && list.isEmpty()) {
      throw new IllegalArgumentException(owner.getSimpleName() + " " + name + " must be given");
    }
  }

  static <T> List<T> requireAllGiven(Class<?> owner, String name, List<T> values) {
    requireGiven(owner, name, values);
    for (int i = 0; i < values.size(); i++) {
      requireGiven(owner, name + "[" + i + "]", values.get(i));
    }
    return List.copyOf(values);
  }

  static void requireFeatures(Class<?> owner, String what, long count, long features) {
    if (count != features) {
      throw new IllegalArgumentException(
          "%s has %d %s but the input has %d features"
              .formatted(owner.getSimpleName(), count, what, features));
    }
  }
}
