package io.github.dae4j.stacked.finetuning;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.nd4j.shade.jackson.databind.util.RawValue;

/** The settings of a {@link FineTuner} as JSON, parts of DL4J as DL4J writes them. */
final class FineTunerJson {

  private static final ObjectMapper MAPPER = NeuralNetConfiguration.mapper();

  private FineTunerJson() {}

  static String of(FineTuner tuner) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("epochs", tuner.epochs());
    json.set("updater", MAPPER.valueToTree(tuner.updater()));
    json.set("patience", of(tuner.patience()));
    json.put(
        "validationScore", tuner.validationScore() == null ? null : tuner.validationScore().name());
    json.put("freezing", tuner.freezing().toString());
    json.put("denoisingWeight", tuner.denoisingWeight());
    json.put("inputDropout", tuner.inputDropout());
    json.put("hiddenDropout", tuner.hiddenDropout());
    if (tuner.ladder() != null) {
      json.putRawValue("ladder", new RawValue(tuner.ladder().toJson()));
    }
    return json.toString();
  }

  private static ObjectNode of(Patience patience) {
    return MAPPER
        .createObjectNode()
        .put("iterations", patience.iterations())
        .put("increase", patience.increase())
        .put("improvement", patience.improvement())
        .put("validationFrequency", patience.validationFrequency());
  }
}
