package io.github.dae4j.cli.config;

import java.util.List;

/**
 * A key of a map, which is a component of a record.
 *
 * @param fallback the value where the key is left out, null if there is none
 */
record Key<T>(String name, Form<T> form, boolean required, T fallback) {

  static <T> Key<T> required(String name, Form<T> form) {
    return new Key<>(name, form, true, null);
  }

  /** A key whose component is null where it is left out. */
  static <T> Key<T> optional(String name, Form<T> form) {
    return new Key<>(name, form, false, null);
  }

  static <T> Key<T> withDefault(String name, Form<T> form, T fallback) {
    return new Key<>(name, form, false, fallback);
  }

  /** The value, where null stands for a key that was left out. */
  @SuppressWarnings("unchecked") // RecordForm's constructor has compared the types
  void check(String path, Object value) {
    if (value != null) {
      form.check(path, (T) value);
    } else if (required || fallback != null) {
      throw new BrokenRule(path, "must be given");
    }
  }

  @SuppressWarnings("unchecked") // as above
  Object write(Object value) {
    return form.write((T) value);
  }

  KeyDescription describe(String path) {
    return new KeyDescription(path, form.rule(), required ? "required" : fallbackText());
  }

  private String fallbackText() {
    return fallback == null ? "left out" : YamlWriter.inline(form.write(fallback));
  }

  List<KeyDescription> below(String path) {
    return form.keys(path);
  }
}
