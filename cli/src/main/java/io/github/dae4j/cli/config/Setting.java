package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Located.KeyPath;
import io.github.dae4j.cli.config.Located.KeyPath.Step;
import io.github.dae4j.cli.config.YamlNode.Entry;
import io.github.dae4j.cli.config.YamlNode.Mapping;
import io.github.dae4j.cli.config.YamlNode.Scalar;
import io.github.dae4j.cli.config.YamlNode.Sequence;
import io.github.dae4j.cli.config.YamlParser.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value that is set over a file's: {@code stack.layers[0].units=100}. */
record Setting(String place, KeyPath path, YamlNode value) {

  /** Reads "key=value", whose value is YAML. */
  static Setting parse(String text) {
    String place = "--set " + OneLine.shortened(text);
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new ConfigurationException(place, "must be key=value");
    }
    try {
      KeyPath path = KeyPath.parse(text.substring(0, equals).strip());
      return new Setting(
          place,
          path,
          YamlParser.compose(text.substring(equals + 1), new SourcePosition(place, false)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(place, e.getMessage(), e);
    }
  }

  /** The tree with this value in it; maps on the way that are not there yet are made. */
  YamlNode over(YamlNode root) {
    return over(root, 0, "");
  }

  private YamlNode over(YamlNode node, int depth, String at) {
    if (depth == path.steps().size()) {
      return value;
    }
    Step step = path.steps().get(depth);
    return step.key() == null ? inList(node, step, depth, at) : inMap(node, step, depth, at);
  }

  private YamlNode inMap(YamlNode node, Step step, int depth, String at) {
    boolean isNew = node == null || node instanceof Scalar scalar && scalar.isNull();
    YamlNode known = isNew ? new Mapping(place, Map.of()) : node;
    if (!(known instanceof Mapping mapping)) {
      throw new ConfigurationException(
          place, "%s is no map but %s".formatted(at.isEmpty() ? "the file" : at, node.shown()));
    }
    Entry before = mapping.entries().get(step.key());
    if (before == null && isIndexed(depth + 1)) {
      throw noList(mapping, step.key(), at);
    }
    YamlNode below = before == null ? null : before.value();
    YamlNode changed = over(below, depth + 1, Located.join(at, step.key()));
    boolean isLast = depth + 1 == path.steps().size();
    String keyPlace = before == null || isLast ? place : before.keyPlace();
    return mapping.with(step.key(), new Entry(keyPlace, changed));
  }

  private boolean isIndexed(int depth) {
    return depth < path.steps().size() && path.steps().get(depth).key() == null;
  }

  private ConfigurationException noList(Mapping mapping, String key, String at) {
    String hint =
        NearestWord.of(key, mapping.entries().keySet())
            .map(", did you mean '%s'?"::formatted)
            .orElse("");
    return new ConfigurationException(
        place, "there is no list '%s'%s%s".formatted(key, NearestWord.in(at), hint));
  }

  private YamlNode inList(YamlNode node, Step step, int depth, String at) {
    if (!(node instanceof Sequence sequence)) {
      throw new ConfigurationException(place, "%s is no list but %s".formatted(at, node.shown()));
    }
    if (step.index() >= sequence.items().size()) {
      throw new ConfigurationException(
          place,
          "index of %s must be in [0, %d), got %d"
              .formatted(at, sequence.items().size(), step.index()));
    }
    List<YamlNode> items = new ArrayList<>(sequence.items());
    String below = "%s[%d]".formatted(at, step.index());
    items.set(step.index(), over(items.get(step.index()), depth + 1, below));
    return new Sequence(sequence.place(), items);
  }
}
