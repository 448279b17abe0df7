package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.YamlNode.Mapping;
import io.github.dae4j.cli.config.YamlNode.Scalar;
import io.github.dae4j.cli.config.YamlNode.Sequence;

/** A node and its path from the top, which is empty at the top. */
record Located(String path, YamlNode node) {

  Located key(String key, YamlNode value) {
    return new Located(join(path, key), value);
  }

  Located item(int index) {
    return new Located(path + "[" + index + "]", ((Sequence) node).items().get(index));
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean isNull() {
    return node instanceof Scalar scalar && scalar.isNull();
  }

  /** The plain value's text, or null if it is another node. */
  String plain() {
    return node instanceof Scalar scalar && scalar.plain() ? scalar.text() : null;
  }

  /** The text of a value, in quotes or not, or null if it is another node. */
  String text() {
    return node instanceof Scalar scalar && !isNull() ? scalar.text() : null;
  }

  /** The exception that this is not as the rule says: "must be ..., got ...". */
  ConfigurationException mustBe(String rule) {
    return breaks("must be %s, got %s".formatted(rule, node.shown()));
  }

  ConfigurationException breaks(String rule) {
    return new ConfigurationException(node.place(), subject() + " " + rule);
  }

  private String subject() {
    return path.isEmpty() ? "the configuration" : path;
  }

  /** The exception of a rule that a record found broken, at the nearest node that was written. */
  ConfigurationException broken(BrokenRule rule) {
    YamlNode nearest = node;
    for (KeyPath.Step step : KeyPath.parse(rule.path()).steps()) {
      YamlNode next = below(nearest, step);
      if (next == null) {
        break;
      }
      nearest = next;
    }
    return new ConfigurationException(
        nearest.place(), join(path, rule.path()) + " " + rule.rule(), rule);
  }

  private static YamlNode below(YamlNode node, KeyPath.Step step) {
    if (node instanceof Mapping mapping) {
      return mapping.get(step.key());
    }
    return node instanceof Sequence sequence
            && step.key() == null
            && step.index() < sequence.items().size()
        ? sequence.items().get(step.index())
        : null;
  }
}
