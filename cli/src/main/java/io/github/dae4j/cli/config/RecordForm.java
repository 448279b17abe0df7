package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Located.BrokenRule;
import io.github.dae4j.cli.config.YamlNode.Entry;
import io.github.dae4j.cli.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A map whose keys are the components of a record, in their order: {@code early-stopping}. */
final class RecordForm<R extends Record> implements Form<R> {

  private final Components<R> components;
  private final List<Key<?>> keys;
  private final Key<?> shortKey;

  private RecordForm(Components<R> components, List<Key<?>> keys, Key<?> shortKey) {
    this.components = components;
    this.keys = keys;
    this.shortKey = shortKey;
    if (!components.keys().equals(names())) {
      throw new IllegalArgumentException(
          "the keys of %s must be %s, got %s"
              .formatted(components.type(), components.keys(), names()));
    }
  }

  static <R extends Record> RecordForm<R> of(Class<R> type, Key<?>... keys) {
    return new RecordForm<>(new Components<>(type), List.of(keys), null);
  }

  /** The same, where a value that is no map stands for the map that has it as its first key. */
  RecordForm<R> withShortForm() {
    return new RecordForm<>(components, keys, keys.get(0));
  }

  /** The record of a map without keys, all of which have defaults. */
  R ofDefaults() {
    return read(new Located("", new Mapping("", Map.of())));
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  @Override
  public R read(Located at) {
    if (at.node() instanceof Mapping mapping) {
      requireKnown(mapping, at.path());
      return create(at, keys.stream().map(key -> read(key, mapping, at)).toArray());
    }
    if (shortKey == null) {
      throw at.mustBe(rule());
    }
    return create(
        at,
        keys.stream().map(key -> key == shortKey ? key.form().read(at) : key.fallback()).toArray());
  }

  private void requireKnown(Mapping mapping, String path) {
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      NearestWord.requireKnown(entry.getKey(), names(), entry.getValue().keyPlace(), path);
    }
  }

  private static Object read(Key<?> key, Mapping mapping, Located at) {
    YamlNode value = mapping.get(key.name());
    if (value != null && !at.key(key.name(), value).isNull()) {
      return key.form().read(at.key(key.name(), value));
    }
    if (key.required()) {
      throw new ConfigurationException(
          (value == null ? mapping : value).place(),
          "missing key '%s'%s".formatted(key.name(), NearestWord.in(at.path())));
    }
    return key.fallback();
  }

  private R create(Located at, Object[] values) {
    try {
      return components.create(values);
    } catch (BrokenRule e) {
      throw at.broken(e);
    } catch (IllegalArgumentException e) {
      throw at.breaks("is refused: " + e.getMessage());
    }
  }

  /**
   * Checks the components of a record that is being made, in their order.
   *
   * @throws BrokenRule naming the record
   */
  void check(Object... values) {
    try {
      for (int i = 0; i < values.length; i++) {
        keys.get(i).check(keys.get(i).name(), values[i]);
      }
    } catch (BrokenRule e) {
      throw e.in(components.type());
    }
  }

  /** Checks a record of elsewhere, which may be more than keys can say. */
  @Override
  public void check(String key, R value) {
    for (int i = 0; i < keys.size(); i++) {
      keys.get(i).check(Located.join(key, keys.get(i).name()), components.get(value, i));
    }
  }

  /** Checks what several components are bound to: "path must be rule, got value". */
  void require(boolean holds, String path, String rule, Object value) {
    if (!holds) {
      throw new BrokenRule(path, "must be %s, got %s".formatted(rule, value)).in(components.type());
    }
  }

  @Override
  public Object write(R value) {
    Map<String, Object> map = new LinkedHashMap<>();
    boolean isShort = shortKey != null;
    for (int i = 0; i < keys.size(); i++) {
      Key<?> key = keys.get(i);
      Object component = components.get(value, i);
      if (component != null) {
        map.put(key.name(), key.write(component));
      }
      isShort &= key == shortKey || Objects.equals(component, key.fallback());
    }
    Object alone = isShort ? map.get(shortKey.name()) : map;
    return alone instanceof Map ? map : alone; // a map is read as one of all keys
  }

  @Override
  public String rule() {
    String map = "a map of " + String.join(", ", names());
    return shortKey == null ? map : shortRule() + ", or " + map;
  }

  /** What stands for a map: a number, where that stands for a rate, which stands for an updater. */
  private String shortRule() {
    return shortKey.form() instanceof RecordForm<?> inner
        ? inner.shortRule()
        : shortKey.form().rule();
  }

  @Override
  public List<KeyDescription> keys(String path) {
    List<KeyDescription> result = new ArrayList<>();
    for (Key<?> key : keys) {
      String below = Located.join(path, key.name());
      result.add(key.describe(below));
      result.addAll(key.below(below));
    }
    return result;
  }

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

    /** A key whose component is null where the data decide. */
    static <T> Key<T> auto(String name, Form.AutoForm<T> form) {
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
      if (form instanceof Form.AutoForm<?>) {
        return "auto";
      }
      return fallback == null ? "left out" : YamlWriter.inline(form.write(fallback));
    }

    List<KeyDescription> below(String path) {
      return form.keys(path);
    }
  }

  /**
   * What is known of a key.
   *
   * @param path from the top, with [] for any element of a list
   * @param rule what its value must be
   * @param fallback the default as YAML, "required", or "left out" where there is none
   */
  record KeyDescription(String path, String rule, String fallback) {}
}
