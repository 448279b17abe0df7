package io.github.dae4j.stacked.pretraining;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The settings of a {@link GreedyPretrainer} as JSON, parts of DL4J as DL4J writes them. */
final class PretrainingJson {

  private static final ObjectMapper MAPPER = NeuralNetConfiguration.mapper();

  private PretrainingJson() {}

  static String of(
      Long seed, boolean shuffled, LayerPlan general, Map<Integer, LayerPlan> particular) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("seed", seed).put("shuffled", shuffled);
    json.set("plan", of(general));
    ObjectNode plans = json.putObject("plans");
    new TreeMap<>(particular).forEach((layer, plan) -> plans.set(layer.toString(), of(plan)));
    return json.toString();
  }

  private static ObjectNode of(LayerPlan plan) {
    if (plan == null) {
      return null;
    }
    ObjectNode json = MAPPER.createObjectNode();
    json.put("epochs", plan.epochs());
    json.put("minibatch", plan.minibatch());
    json.put("learningRate", plan.learningRate());
    json.set("updater", MAPPER.valueToTree(plan.updater()));
    json.set("corruption", MAPPER.valueToTree(plan.corruption()));
    json.set("reconstructionLoss", MAPPER.valueToTree(plan.reconstructionLoss()));
    json.set("earlyStopping", of(plan.earlyStopping()));
    return json;
  }

  private static ObjectNode of(EarlyStopping rule) {
    return rule == null
        ? null
        : MAPPER
            .createObjectNode()
            .put("patience", rule.patience())
            .put("improvement", rule.improvement());
  }
}
