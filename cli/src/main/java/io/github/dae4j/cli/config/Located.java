package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.YamlNode.Mapping;
import io.github.dae4j.cli.config.YamlNode.Scalar;
import io.github.dae4j.cli.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** The way from the top of a document to a value: {@code stack.layers[1].corruption.masking}. */
  record KeyPath(List<Step> steps) {

    /** A key of a map, or, if {@code key} is null, an index of a list. */
    record Step(String key, int index) {}

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]\\s]+)|\\[(\\d{1,9})]");

    KeyPath {
      steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    static KeyPath parse(String text) {
      List<Step> steps = new ArrayList<>();
      Matcher matcher = STEP.matcher(text);
      int from = 0;
      while (from < text.length()) {
        boolean isDot = from > 0 && text.charAt(from) == '.';
        matcher.region(isDot ? from + 1 : from, text.length());
        if (!(matcher.lookingAt() && (from == 0 || isDot == (matcher.group(1) != null)))) {
          break;
        }
        steps.add(step(matcher));
        from = matcher.end();
      }
      if (from < text.length() || steps.isEmpty() || steps.get(0).key() == null) {
        throw new IllegalArgumentException(
            "a path must be keys and indices like stack.layers[0].units, got '"
                + OneLine.shortened(text)
                + "'");
      }
      return new KeyPath(steps);
    }

    private static Step step(Matcher matcher) {
      return matcher.group(1) != null
          ? new Step(matcher.group(1), -1)
          : new Step(null, Integer.parseInt(matcher.group(2)));
    }
  }

  /** A value that breaks a rule, by the path of its key from the record that found it. */
  static final class BrokenRule extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String rule;

    BrokenRule(String path, String rule) {
      this("", path, rule);
    }

    private BrokenRule(String owner, String path, String rule) {
      super(owner + path + " " + rule);
      this.path = path;
      this.rule = rule;
    }

    static void require(boolean holds, String path, String rule, Object value) {
      if (!holds) {
        throw new BrokenRule(path, "must be %s, got %s".formatted(rule, value));
      }
    }

    /** The same, with a message for those who made a record of this class. */
    BrokenRule in(Class<?> owner) {
      return new BrokenRule(owner.getSimpleName() + " ", path, rule);
    }

    String path() {
      return path;
    }

    /** The message without the key: "must be in [0, 1], got 1.5". */
    String rule() {
      return rule;
    }
  }
}
