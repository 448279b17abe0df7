package io.github.dae4j.cli.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The components of a record class: their names as keys, and the way into and out of a record. */
record Components<R extends Record>(Class<R> type) {

  /** In their order: {@code earlyStopping} is early-stopping. */
  List<String> keys() {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
        .toList();
  }

  /**
   * A new record.
   *
   * @throws RuntimeException what its constructor throws
   */
  R create(Object... values) {
    try {
      return constructor().newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException refused ? refused : broken(e);
    } catch (ReflectiveOperationException e) {
      throw broken(e);
    }
  }

  private Constructor<R> constructor() throws NoSuchMethodException {
    return type.getDeclaredConstructor(
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }

  Object get(R owner, int index) {
    try {
      return type.getRecordComponents()[index].getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw broken(e);
    }
  }

  private IllegalStateException broken(ReflectiveOperationException cause) {
    return new IllegalStateException(type + " is no record that can be read", cause);
  }
}
