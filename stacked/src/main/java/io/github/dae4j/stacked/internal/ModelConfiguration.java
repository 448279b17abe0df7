package io.github.dae4j.stacked.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dae4j.corruption.Corruption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.deeplearning4j.nn.conf.stepfunctions.StepFunction;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The configuration of a network as a model file has it: DL4J's JSON, in which a name decides which
 * class is made.
 *
 * <p>DL4J's reader initializes a class before it looks at what it is. So names are checked first:
 * only layers, losses, corruptions and other parts of a configuration are asked for.
 */
public record ModelConfiguration(MultiLayerConfiguration conf, JsonNode layers) {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static final List<Class<?>> KINDS =
      List.of(
          Layer.class,
          InputPreProcessor.class,
          IActivation.class,
          ILossFunction.class,
          IUpdater.class,
          ISchedule.class,
          IWeightInit.class,
          Distribution.class,
          IDropout.class,
          IWeightNoise.class,
          LayerConstraint.class,
          Regularization.class,
          ReconstructionDistribution.class,
          StepFunction.class,
          Corruption.class);

  /**
   * Reads it.
   *
   * @throws IOException saying that it describes no network, or which class it must not name
   */
  static ModelConfiguration read(byte[] bytes) throws IOException {
    String json = new String(bytes, StandardCharsets.UTF_8);
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (JsonProcessingException e) { // too deep as well
      throw noNetwork(e);
    }
    requireKnownKinds(tree);
    try {
      MultiLayerConfiguration conf = MultiLayerConfiguration.fromJson(json);
      countParameters(conf); // which fails where there are no layers or no widths
      return new ModelConfiguration(conf, tree.get("confs"));
    } catch (RuntimeException | StackOverflowError | LinkageError e) { // of depth, of classes
      throw noNetwork(e);
    }
  }

  /** How many parameters a network of this configuration has. */
  public static long countParameters(MultiLayerConfiguration conf) {
    return conf.getConfs().stream()
        .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
        .sum();
  }

  private static IOException noNetwork(Throwable cause) {
    return new IOException("its configuration.json describes no network of known layers", cause);
  }

  private static void requireKnownKinds(JsonNode tree) throws IOException {
    if (tree.has("@class")) {
      requireKnownKind(tree.get("@class").asText());
    }
    for (JsonNode child : tree) {
      requireKnownKinds(child);
    }
  }

  private static void requireKnownKind(String name) throws IOException {
    Class<?> named;
    try {
      named = Class.forName(name, false, ModelConfiguration.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw noNetwork(e);
    }
    if (KINDS.stream().noneMatch(kind -> kind.isAssignableFrom(named))) {
      throw new IOException(
          "its configuration.json names the class %s, which is no part of a network"
              .formatted(name));
    }
  }

  /** Gives layers the counts that they were saved with: DL4J's reader gives all the network's. */
  void restoreCounts(MultiLayerNetwork network) {
    for (int i = 0; i < network.getnLayers(); i++) {
      NeuralNetConfiguration layer = network.getLayer(i).conf();
      JsonNode saved = layers.get(i);
      layer.setEpochCount(saved.path("epochCount").asInt(layer.getEpochCount()));
      layer.setIterationCount(saved.path("iterationCount").asInt(layer.getIterationCount()));
    }
  }
}
