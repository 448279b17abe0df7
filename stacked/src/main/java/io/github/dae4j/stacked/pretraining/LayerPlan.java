package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * How {@link GreedyPretrainer} trains a layer. What is null stays as the layer's own configuration
 * has it; what is given holds for pretraining only, and fine-tuning knows nothing of it.
 *
 * @param epochs passes over the training set, at least 1; with early stopping, at most so many
 * @param minibatch examples in a minibatch, at least 1; null for those of the iterator
 * @param learningRate finite and > 0, for weights and biases, in place of the updater's rate or
 *     schedule
 * @param updater for weights and biases
 * @param corruption what denoising starts from
 * @param reconstructionLoss what is minimised
 * @param earlyStopping null for all epochs
 */
public record LayerPlan(
    int epochs,
    Integer minibatch,
    Double learningRate,
    IUpdater updater,
    Corruption corruption,
    ILossFunction reconstructionLoss,
    EarlyStopping earlyStopping) {

  public LayerPlan {
    require(epochs >= 1, "epochs must be >= 1", epochs);
    require(minibatch == null || minibatch >= 1, "minibatch must be >= 1", minibatch);
    require(
        learningRate == null || learningRate > 0 && Double.isFinite(learningRate),
        "learningRate must be finite and > 0",
        learningRate);
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("LayerPlan %s, got %s".formatted(rule, value));
    }
  }

  /** A plan that leaves everything but its length to the layer. */
  public static LayerPlan ofEpochs(int epochs) {
    return new LayerPlan(epochs, null, null, null, null, null, null);
  }

  public LayerPlan withMinibatch(int minibatch) {
    return new LayerPlan(
        epochs, minibatch, learningRate, updater, corruption, reconstructionLoss, earlyStopping);
  }

  public LayerPlan withLearningRate(double learningRate) {
    return new LayerPlan(
        epochs, minibatch, learningRate, updater, corruption, reconstructionLoss, earlyStopping);
  }

  public LayerPlan withUpdater(IUpdater updater) {
    return new LayerPlan(
        epochs, minibatch, learningRate, updater, corruption, reconstructionLoss, earlyStopping);
  }

  public LayerPlan withCorruption(Corruption corruption) {
    return new LayerPlan(
        epochs, minibatch, learningRate, updater, corruption, reconstructionLoss, earlyStopping);
  }

  public LayerPlan withReconstructionLoss(ILossFunction reconstructionLoss) {
    return new LayerPlan(
        epochs, minibatch, learningRate, updater, corruption, reconstructionLoss, earlyStopping);
  }

  public LayerPlan withEarlyStopping(EarlyStopping earlyStopping) {
    return new LayerPlan(
        epochs, minibatch, learningRate, updater, corruption, reconstructionLoss, earlyStopping);
  }

  /** A copy of a layer's configuration with this plan in it. */
  NeuralNetConfiguration appliedTo(NeuralNetConfiguration own) {
    NeuralNetConfiguration conf = own.clone();
    Layer layer = conf.getLayer();
    if (corruption != null) {
      layer = denoising("corruption", layer).withCorruption(corruption);
    }
    if (reconstructionLoss != null) {
      layer = denoising("reconstructionLoss", layer).withReconstructionLoss(reconstructionLoss);
    }
    setUpdaters((BaseLayer) layer);
    conf.setLayer(layer);
    return conf;
  }

  private static DenoisingAutoEncoder denoising(String parameter, Layer layer) {
    require(
        layer instanceof DenoisingAutoEncoder,
        parameter + " must be null for a layer that is no DenoisingAutoEncoder",
        layer.getClass().getSimpleName());
    return (DenoisingAutoEncoder) layer;
  }

  private void setUpdaters(BaseLayer layer) {
    IUpdater bias = updater == null ? layer.getBiasUpdater() : null;
    layer.setIUpdater(rated(updater == null ? layer.getIUpdater() : updater));
    layer.setBiasUpdater(bias == null ? null : rated(bias));
  }

  private IUpdater rated(IUpdater original) {
    IUpdater copy = original.clone();
    if (learningRate != null) {
      require(
          copy.hasLearningRate(),
          "learningRate must be null for an updater without one",
          copy.getClass().getSimpleName());
      copy.setLrAndSchedule(learningRate, null);
    }
    return copy;
  }

  /** All its settings, parts of DL4J as DL4J writes them. */
  ObjectNode toJson() {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("epochs", epochs);
    json.put("minibatch", minibatch);
    json.put("learningRate", learningRate);
    json.set("updater", mapper.valueToTree(updater));
    json.set("corruption", mapper.valueToTree(corruption));
    json.set("reconstructionLoss", mapper.valueToTree(reconstructionLoss));
    json.set("earlyStopping", earlyStopping == null ? null : earlyStopping.toJson());
    return json;
  }
}
