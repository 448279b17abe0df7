package io.github.dae4j.stacked.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The leaves of a JSON tree by their paths. */
final class JsonPaths {

  private final SortedMap<String, String> leaves = new TreeMap<>();

  private JsonPaths() {}

  static SortedMap<String, String> of(String root, String json) {
    JsonPaths paths = new JsonPaths();
    try {
      paths.add(root, new ObjectMapper().readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return paths.leaves;
  }

  private void add(String path, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.fields().forEachRemaining(entry -> add(path + "." + entry.getKey(), entry.getValue()));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        add(path + "[" + i + "]", node.get(i));
      }
    } else {
      leaves.put(path, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
