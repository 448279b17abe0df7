package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.CodeCache;
import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.PretrainingState;
import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import io.github.dae4j.stacked.internal.RandomState;
import io.github.dae4j.stacked.internal.RunSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** One run of a {@link GreedyPretrainer}: layer after layer, each on the codes of those below. */
final class GreedyPretraining {

  private final MultiLayerNetwork network;
  private final List<DetachedLayer> layers;
  private final Settings settings;
  private final Checkpoints<PretrainingState<LayerResult>> checkpoints;
  private final List<LayerResult> results = new ArrayList<>();

  /**
   * A run that has not begun.
   *
   * @param layers the layers to train, in their order
   */
  GreedyPretraining(
      MultiLayerNetwork network,
      List<DetachedLayer> layers,
      Settings settings,
      Checkpoints<PretrainingState<LayerResult>> checkpoints) {
    this.network = network;
    this.layers = layers;
    this.settings = settings;
    this.checkpoints = checkpoints;
  }

  /** Runs from the start, or from a state if there is one. */
  List<LayerResult> run(
      PretrainingState<LayerResult> from, DataSetIterator train, DataSetIterator validation) {
    if (from != null) {
      results.addAll(from.finished());
      from.network().restore(network);
    }
    if (results.size() == layers.size()) {
      restoreRandom(from); // all is done, and no data are needed
      return List.copyOf(results);
    }
    try (LayerInputs input = new LayerInputs("training", train, network, settings.space());
        LayerInputs held =
            validation == null
                ? null
                : new LayerInputs("validation", validation, network, settings.space())) {
      trainLayers(from, input, held);
    }
    return List.copyOf(results);
  }

  private void trainLayers(
      PretrainingState<LayerResult> from, LayerInputs input, LayerInputs held) {
    int finished = results.size();
    for (int i = 0; i < layers.size(); i++) {
      DetachedLayer detached = layers.get(i);
      boolean continued = from != null && i <= finished;
      PretrainingState<LayerResult> present = continued ? from : state(null);
      // Through finished layers too, one by one: so codes are computed as they were, to the bit.
      advance(input, detached.index(), present);
      advance(held, detached.index(), present);
      if (i < finished) {
        continue;
      }
      if (continued) {
        restoreRandom(from);
      }
      LayerState state = continued ? from.current() : null;
      results.add(LayerTraining.run(network, detached, input, held, settings, state, ofLayers()));
      checkpoints.accept(state(null));
    }
  }

  private void advance(LayerInputs inputs, int layer, PretrainingState<LayerResult> present) {
    if (inputs != null) {
      inputs.advanceTo(
          layer,
          () -> {
            if (checkpoints.isDue()) {
              checkpoints.accept(present);
            }
          });
    }
  }

  /** Last of all: DL4J seeds ND4J where configurations are built. */
  private static void restoreRandom(PretrainingState<LayerResult> from) {
    if (from != null) {
      from.random().restore(Nd4j.getRandom());
    }
  }

  private Checkpoints<LayerState> ofLayers() {
    return new Checkpoints<>() {
      @Override
      public boolean isDue() {
        return checkpoints.isDue();
      }

      @Override
      public void accept(LayerState current) {
        checkpoints.accept(state(current));
      }
    };
  }

  private PretrainingState<LayerResult> state(LayerState current) {
    return new PretrainingState<>(
        results, current, NetworkState.of(network), RandomState.of(Nd4j.getRandom()));
  }

  /** What all layers of a run share. */
  record Settings(RunSeed seed, boolean shuffled, CodeCache.Space space) {

    /** The order of the rows in an epoch. */
    int[] order(int layer, int epoch, int rows) {
      return shuffled
          ? RunSeed.permutation(rows, seed.of(RunSeed.Purpose.ORDER, layer, epoch))
          : IntStream.range(0, rows).toArray();
    }
  }
}
