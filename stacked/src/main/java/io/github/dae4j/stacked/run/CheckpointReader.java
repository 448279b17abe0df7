package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.internal.FineTuningState;
import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import io.github.dae4j.stacked.internal.PretrainingState;
import io.github.dae4j.stacked.internal.RandomState;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Reads what {@link CheckpointWriter} has written, in its order. */
record CheckpointReader(StateInput in) {

  Checkpoint read() throws IOException {
    TreeMap<String, String> values = new TreeMap<>();
    in.list(() -> values.put(in.text(), in.text()));
    int kind = in.integer();
    Progress progress =
        switch (kind) {
          case CheckpointWriter.PRETRAINING -> new Progress.Pretraining(pretraining());
          case CheckpointWriter.TUNING ->
              new Progress.Tuning(in.list(this::layerResult), in.optional(this::network), tuning());
          case CheckpointWriter.FINISHED ->
              new Progress.Finished(
                  in.list(this::layerResult), in.optional(this::tuningResult), network());
          default -> throw new IOException("it has a progress of kind " + kind);
        };
    in.requireEnd();
    return new Checkpoint(new Fingerprint(values), progress);
  }

  private PretrainingState<LayerResult> pretraining() throws IOException {
    return new PretrainingState<>(
        in.list(this::layerResult), in.optional(this::layer), network(), random());
  }

  private LayerResult layerResult() throws IOException {
    return new LayerResult(
        in.integer(), reals(), reals(), in.integer(), in.real(), in.longInteger(), in.flag());
  }

  private List<Double> reals() throws IOException {
    return in.list(in::real);
  }

  private LayerState layer() throws IOException {
    return new LayerState(
        in.integer(),
        counts(),
        reals(),
        reals(),
        in.real(),
        in.optional(in::array),
        in.optional(this::layerBest),
        in.optional(this::layerPosition));
  }

  private LayerState.Best layerBest() throws IOException {
    return new LayerState.Best(
        in.integer(), in.real(), in.real(), in.integer(), in.optional(in::array));
  }

  private LayerState.Position layerPosition() throws IOException {
    return new LayerState.Position(in.integer(), in.real(), in.optional(this::random), in.array());
  }

  private NetworkState network() throws IOException {
    return new NetworkState(in.array(), counts(), in.list(this::counts));
  }

  private NetworkState.Counts counts() throws IOException {
    return new NetworkState.Counts(in.integer(), in.integer());
  }

  private RandomState random() throws IOException {
    return new RandomState(in.longInteger(), in.longInteger());
  }

  private FineTuningState<FineTuningResult> tuning() throws IOException {
    List<FineTuningResult.Epoch> epochs = in.list(this::epoch);
    long iterations = in.longInteger();
    double patienceLimit = in.real();
    return new FineTuningState<>(
        new FineTuningResult(epochs, iterations, best(), null),
        patienceLimit,
        new FineTuningState.Weights(network(), in.optional(in::array), in.array()),
        random(),
        in.optional(this::position));
  }

  private FineTuningState.Position position() throws IOException {
    return new FineTuningState.Position(
        in.integer(), in.longInteger(), in.real(), in.real(), in.real());
  }

  private FineTuningResult tuningResult() throws IOException {
    return new FineTuningResult(
        in.list(this::epoch),
        in.longInteger(),
        best(),
        FineTuningResult.StopReason.valueOf(in.text()));
  }

  private FineTuningResult.Epoch epoch() throws IOException {
    return new FineTuningResult.Epoch(in.real(), in.real(), in.real());
  }

  private FineTuningResult.Best best() throws IOException {
    return new FineTuningResult.Best(in.real(), in.integer(), in.longInteger());
  }
}
