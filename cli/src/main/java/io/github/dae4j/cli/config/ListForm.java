package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.YamlNode.Sequence;
import java.util.List;
import java.util.stream.IntStream;

/** A list of values of one form. */
record ListForm<T>(Form<T> element, boolean mayBeEmpty) implements Form<List<T>> {

  static <T> ListForm<T> ofAny(Form<T> element) {
    return new ListForm<>(element, true);
  }

  static <T> ListForm<T> ofSome(Form<T> element) {
    return new ListForm<>(element, false);
  }

  @Override
  public List<T> read(Located at) {
    if (!(at.node() instanceof Sequence sequence)) {
      throw at.mustBe(rule());
    }
    if (sequence.items().isEmpty() && !mayBeEmpty) {
      throw at.breaks("must not be empty");
    }
    return IntStream.range(0, sequence.items().size())
        .mapToObj(index -> element.read(at.item(index)))
        .toList();
  }

  @Override
  public Object write(List<T> value) {
    return value.stream().map(element::write).toList();
  }

  @Override
  public String rule() {
    return element instanceof NumberForm ? "a list of numbers" : "a list";
  }

  @Override
  public void check(String key, List<T> value) {
    if (value.isEmpty() && !mayBeEmpty) {
      throw new BrokenRule(key, "must not be empty");
    }
    IntStream.range(0, value.size())
        .forEach(index -> element.check(key + "[" + index + "]", value.get(index)));
  }

  @Override
  public List<KeyDescription> keys(String path) {
    return element.keys(path + "[]");
  }
}
