package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.RecordForm.KeyDescription;
import io.github.dae4j.cli.config.YamlNode.Entry;
import io.github.dae4j.cli.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of some maps, told apart by the key that each alone has: {@code {table: people.csv}}.
 *
 * @param type of all kinds
 * @param elsewhere keys that tell maps apart which can only stand elsewhere, for messages
 */
record KeyedForm<T>(Class<T> type, List<Kind<?>> kinds, List<String> elsewhere) implements Form<T> {

  /** A kind by its key and its class. */
  record Kind<R extends Record>(String key, Class<R> type, RecordForm<R> form) {

    Object write(Object value) {
      return form.write(type.cast(value));
    }

    void check(String path, Object value) {
      form.check(path, type.cast(value));
    }
  }

  @Override
  public T read(Located at) {
    if (!(at.node() instanceof Mapping mapping)) {
      throw at.mustBe(rule());
    }
    for (Kind<?> kind : kinds) {
      if (mapping.get(kind.key()) != null) {
        return type.cast(kind.form().read(at));
      }
    }
    List<String> known = known();
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      NearestWord.requireKnown(entry.getKey(), known, entry.getValue().keyPlace(), at.path());
    }
    throw new ConfigurationException(
        mapping.place(),
        "missing key %s%s".formatted(String.join(" or ", choices()), NearestWord.in(at.path())));
  }

  /** Whether a map has the key of one of the kinds. */
  boolean isIn(Mapping mapping) {
    return kinds.stream().anyMatch(kind -> mapping.get(kind.key()) != null);
  }

  private List<String> choices() {
    return Stream.concat(kinds.stream().map(Kind::key), elsewhere.stream())
        .map("'%s'"::formatted)
        .toList();
  }

  private List<String> known() {
    return Stream.concat(
            kinds.stream().flatMap(kind -> kind.form().names().stream()), elsewhere.stream())
        .distinct()
        .toList();
  }

  @Override
  public Object write(T value) {
    return kindOf(value).write(value);
  }

  @Override
  public void check(String key, T value) {
    kindOf(value).check(key, value);
  }

  private Kind<?> kindOf(T value) {
    return kinds.stream().filter(kind -> kind.type().isInstance(value)).findFirst().orElseThrow();
  }

  @Override
  public String rule() {
    return "a map with one of " + String.join(", ", kinds.stream().map(Kind::key).toList());
  }

  @Override
  public List<KeyDescription> keys(String path) {
    List<KeyDescription> result = new ArrayList<>();
    kinds.forEach(kind -> result.addAll(kind.form().keys(path)));
    return result;
  }
}
