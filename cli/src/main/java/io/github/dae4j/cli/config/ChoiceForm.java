package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Located.BrokenRule;
import io.github.dae4j.cli.config.RecordForm.KeyDescription;
import io.github.dae4j.cli.config.YamlNode.Entry;
import io.github.dae4j.cli.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of some kinds, as a map with one key that names it: {@code {masking: 0.3}}.
 *
 * @param word what stands for a kind without settings, null if there is none
 */
record ChoiceForm<T>(String word, T meaning, List<Kind<? extends T>> kinds) implements Form<T> {

  /** A kind by its name and its class. */
  record Kind<T>(String name, Class<T> type, Form<T> form) {

    void check(String key, Object value) {
      form.check(Located.join(key, name), type.cast(value));
    }

    Object write(Object value) {
      return Map.of(name, form.write(type.cast(value)));
    }
  }

  @Override
  public T read(Located at) {
    if (word != null && word.equals(at.text())) {
      return meaning;
    }
    if (!(at.node() instanceof Mapping mapping)) {
      throw at.mustBe(rule());
    }
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      NearestWord.requireKnown(entry.getKey(), names(), entry.getValue().keyPlace(), at.path());
    }
    if (mapping.entries().size() != 1) {
      String given = String.join(", ", mapping.entries().keySet());
      throw at.breaks(
          "must have exactly one of %s, got %s"
              .formatted(String.join(", ", names()), given.isEmpty() ? "an empty map" : given));
    }
    String name = mapping.entries().keySet().iterator().next();
    return kind(name).form().read(at.key(name, mapping.get(name)));
  }

  private Kind<? extends T> kind(String name) {
    return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> names() {
    return kinds.stream().map(Kind::name).toList();
  }

  @Override
  public Object write(T value) {
    return value.equals(meaning) ? word : kindOf(value).orElseThrow().write(value);
  }

  private Optional<Kind<? extends T>> kindOf(T value) {
    for (Kind<? extends T> kind : kinds) {
      if (kind.type().isInstance(value)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  @Override
  public void check(String key, T value) {
    if (!value.equals(meaning)) {
      Optional<Kind<? extends T>> kind = kindOf(value);
      BrokenRule.require(kind.isPresent(), key, rule(), value);
      kind.orElseThrow().check(key, value);
    }
  }

  @Override
  public String rule() {
    return (word == null ? "" : word + ", or ") + "a map with one of " + String.join(", ", names());
  }

  @Override
  public List<KeyDescription> keys(String path) {
    List<KeyDescription> result = new ArrayList<>();
    for (Kind<? extends T> kind : kinds) {
      String below = Located.join(path, kind.name());
      result.add(new KeyDescription(below, kind.form().rule(), "left out"));
      result.addAll(kind.form().keys(below));
    }
    return result;
  }
}
