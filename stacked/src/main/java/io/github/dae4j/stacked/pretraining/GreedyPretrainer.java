package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.CodeCache;
import io.github.dae4j.stacked.internal.PretrainingState;
import io.github.dae4j.stacked.internal.RunSeed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.recurrent.TimeDistributedLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * Pretrains the layers of a network one after the other, in place, each on the codes of the layers
 * below it (Bengio et al. 2007; Vincent et al. 2010, section 3.5).
 *
 * <p>Codes are computed once a layer and cached, so an epoch costs what it would for the layer
 * alone. Frozen and other wrapped layers, and layers without a plan, are passed as they are, in
 * inference mode. Corruption and order of an epoch depend on (seed, layer, epoch) alone; what DL4J
 * draws itself (dropout, weight noise, layers that are not ours) comes from {@code
 * Nd4j.getRandom()}.
 *
 * <p>The network's listeners are told of epochs with the network, and of iterations with a layer
 * that shares its parameters and has the plan's configuration.
 */
public final class GreedyPretrainer {

  private final LayerPlan general;
  private final Map<Integer, LayerPlan> particular;
  private final Long seed;
  private final boolean shuffled;
  private final long memoryBudget;
  private final Path workingDirectory;

  private GreedyPretrainer(Builder builder) {
    general = builder.general;
    particular = Map.copyOf(builder.particular);
    seed = builder.seed;
    shuffled = builder.shuffled;
    memoryBudget = builder.memoryBudget;
    workingDirectory = builder.workingDirectory;
  }

  /**
   * Trains all layers that have a plan, from the first to the last.
   *
   * @param network initialised if it is not yet
   * @param train features [minibatch, ...] in the order in which an unshuffled epoch has them; read
   *     once, from its beginning if it can be reset
   * @return the results of these layers, in their order
   * @throws IllegalArgumentException if a plan does not suit its layer, or has early stopping,
   *     which needs a validation set; before anything is trained
   * @throws DivergedException at the first score, error or weight that is not finite
   * @throws java.io.UncheckedIOException if codes cannot be cached
   */
  public List<LayerResult> pretrain(MultiLayerNetwork network, DataSetIterator train) {
    return pretrain(network, train, null);
  }

  /**
   * The same, and measures the reconstruction error of a validation set after each epoch.
   *
   * @param validation features [minibatch, ...], read once; null for none
   */
  public List<LayerResult> pretrain(
      MultiLayerNetwork network, DataSetIterator train, DataSetIterator validation) {
    return pretrain(network, train, validation, Checkpoints.none());
  }

  /**
   * The same, and states on the way from which {@link #resume} can go on.
   *
   * @hidden for TrainingRun, whose states are internal
   */
  public List<LayerResult> pretrain(
      MultiLayerNetwork network,
      DataSetIterator train,
      DataSetIterator validation,
      Checkpoints<PretrainingState<LayerResult>> checkpoints) {
    return pretraining(network, validation, checkpoints).run(null, train, validation);
  }

  /**
   * Goes on from a state, to the same bits as if it had never stopped: with the same plans, the
   * same examples in the same minibatches, and a network built as the first one was, whose
   * parameters are replaced. ND4J's generator of this thread gets its state of then.
   *
   * @param train not read if all layers were done
   * @param validation as it was; null for none
   * @hidden for TrainingRun, whose states are internal
   */
  public List<LayerResult> resume(
      PretrainingState<LayerResult> state,
      MultiLayerNetwork network,
      DataSetIterator train,
      DataSetIterator validation,
      Checkpoints<PretrainingState<LayerResult>> checkpoints) {
    return pretraining(network, validation, checkpoints).run(state, train, validation);
  }

  /** The directory that codes beyond the budget were given, if any. */
  public Optional<Path> workingDirectory() {
    return Optional.ofNullable(workingDirectory);
  }

  /** All settings that decide what is learnt, as JSON; data, memory and directory are none. */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("seed", seed).put("shuffled", shuffled);
    json.set("plan", general == null ? null : general.toJson());
    ObjectNode plans = json.putObject("plans");
    new TreeMap<>(particular).forEach((layer, plan) -> plans.set(layer.toString(), plan.toJson()));
    return json.toString();
  }

  /** A builder with these settings, to change some of them. */
  public Builder toBuilder() {
    Builder builder = new Builder().shuffled(shuffled).memoryBudget(memoryBudget);
    builder.general = general;
    builder.particular.putAll(particular);
    builder.seed = seed;
    builder.workingDirectory = workingDirectory;
    return builder;
  }

  private GreedyPretraining pretraining(
      MultiLayerNetwork network,
      DataSetIterator validation,
      Checkpoints<PretrainingState<LayerResult>> checkpoints) {
    Objects.requireNonNull(network, "GreedyPretrainer network must not be null");
    if (validation == null && plans().anyMatch(plan -> plan.earlyStopping() != null)) {
      throw new IllegalArgumentException(
          "GreedyPretrainer validation must be given, for a plan has early stopping");
    }
    if (!network.isInitCalled()) {
      network.init();
    }
    long runSeed = seed == null ? network.conf().getSeed() : seed;
    CodeCache.Space space =
        new CodeCache.Space(
            workingDirectory().orElse(Path.of(System.getProperty("java.io.tmpdir"))), memoryBudget);
    GreedyPretraining.Settings settings =
        new GreedyPretraining.Settings(new RunSeed(runSeed), shuffled, space);
    return new GreedyPretraining(network, detachedLayers(network), settings, checkpoints);
  }

  private List<DetachedLayer> detachedLayers(MultiLayerNetwork network) {
    List<Integer> trainable =
        IntStream.range(0, network.getnLayers())
            .filter(index -> isTrainable(network.getLayer(index)))
            .boxed()
            .toList();
    for (Integer index : particular.keySet()) {
      if (!trainable.contains(index)) {
        throw new IllegalArgumentException(
            "plan for layer %d: layers %s of the network can be pretrained and are not frozen"
                .formatted(index, trainable));
      }
    }
    return trainable.stream()
        .filter(index -> planOf(index) != null)
        .map(index -> DetachedLayer.of(network, index, planOf(index)))
        .toList();
  }

  private Stream<LayerPlan> plans() {
    return Stream.concat(Stream.ofNullable(general), particular.values().stream());
  }

  private static boolean isTrainable(Layer layer) {
    if (layer.isPretrainLayer() && layer instanceof TimeDistributedLayer) {
      throw new IllegalArgumentException(
          "layer %d of the network is TimeDistributed, whose sequences cannot be pretrained on;"
                  .formatted(layer.getIndex())
              + " pretrain the layer inside alone, on the steps as rows");
    }
    return layer.isPretrainLayer() && !(layer instanceof BaseWrapperLayer);
  }

  private LayerPlan planOf(int index) {
    return particular.getOrDefault(index, general);
  }

  /** Builds a {@link GreedyPretrainer}; only plans have no default. */
  public static final class Builder {

    private LayerPlan general;
    private final Map<Integer, LayerPlan> particular = new HashMap<>();
    private Long seed;
    private boolean shuffled = true;
    private long memoryBudget = Runtime.getRuntime().maxMemory() / 8;
    private Path workingDirectory;

    /** The plan of every layer that has none of its own. */
    public Builder plan(LayerPlan plan) {
      general = required("plan", plan);
      return this;
    }

    /** The plan of one layer, by its index in the network. */
    public Builder plan(int layer, LayerPlan plan) {
      particular.put(layer, required("plan", plan));
      return this;
    }

    /** The seed of orders and corruptions; that of the network's configuration by default. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Whether each epoch has an order of its own; true by default. */
    public Builder shuffled(boolean shuffled) {
      this.shuffled = shuffled;
      return this;
    }

    /**
     * The bytes that a cache may take in memory beside the heap, an eighth of the largest heap by
     * default. There are at most four at a time: a layer's training and validation set, and the
     * next layer's or the corrupted validation set.
     */
    public Builder memoryBudget(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException(
            "GreedyPretrainer memoryBudget must be >= 0, got " + bytes);
      }
      memoryBudget = bytes;
      return this;
    }

    /** The directory of codes beyond the budget; Java's temporary directory by default. */
    public Builder workingDirectory(Path directory) {
      workingDirectory = required("workingDirectory", directory);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if there is no plan
     */
    public GreedyPretrainer build() {
      if (general == null && particular.isEmpty()) {
        throw new IllegalArgumentException(
            "GreedyPretrainer plan must be given, for one layer at least");
      }
      return new GreedyPretrainer(this);
    }

    private static <T> T required(String parameter, T value) {
      return Objects.requireNonNull(
          value, () -> "GreedyPretrainer " + parameter + " must not be null");
    }
  }
}
