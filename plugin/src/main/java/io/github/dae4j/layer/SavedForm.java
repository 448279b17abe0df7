package io.github.dae4j.layer;

import io.github.dae4j.corruption.Corruption;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The form in which a corruption is stored in a model. */
final class SavedForm {

  private SavedForm() {}

  /** Writes, reads and writes again, so that a night of training does not end in a lost model. */
  static void require(Corruption corruption) {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    try {
      String saved = mapper.writeValueAsString(corruption);
      String again = mapper.writeValueAsString(mapper.readValue(saved, Corruption.class));
      if (!saved.equals(again)) {
        throw notSaveable(corruption, "it is read back as " + again, null);
      }
    } catch (JsonProcessingException e) {
      throw notSaveable(corruption, e.getOriginalMessage(), e);
    }
  }

  private static IllegalArgumentException notSaveable(
      Corruption corruption, String why, Exception cause) {
    return new IllegalArgumentException(
        "DenoisingAutoEncoder corruption must be a class that Jackson can write and read, such as a"
            + " record, got %s: %s".formatted(corruption.getClass().getName(), why),
        cause);
  }
}
