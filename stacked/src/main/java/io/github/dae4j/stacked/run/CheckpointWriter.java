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
import java.util.Map;

/** Writes checkpoints field by field, as {@link CheckpointReader} reads them. */
record CheckpointWriter(StateOutput out) {

  static final int PRETRAINING = 0;
  static final int TUNING = 1;
  static final int FINISHED = 2;

  void write(Checkpoint checkpoint) throws IOException {
    out.list(List.copyOf(checkpoint.fingerprint().values().entrySet()), this::entry);
    Progress progress = checkpoint.progress();
    if (progress instanceof Progress.Pretraining pretraining) {
      out.integer(PRETRAINING);
      pretraining(pretraining.state());
    } else if (progress instanceof Progress.Tuning tuning) {
      out.integer(TUNING);
      out.list(tuning.pretraining(), this::layerResult);
      out.optional(tuning.stack(), this::network);
      tuning(tuning.state());
    } else if (progress instanceof Progress.Finished finished) {
      out.integer(FINISHED);
      out.list(finished.pretraining(), this::layerResult);
      out.optional(finished.fineTuning(), this::tuningResult);
      network(finished.network());
    }
  }

  private void entry(Map.Entry<String, String> entry) throws IOException {
    out.text(entry.getKey());
    out.text(entry.getValue());
  }

  private void pretraining(PretrainingState<LayerResult> state) throws IOException {
    out.list(state.finished(), this::layerResult);
    out.optional(state.current(), this::layer);
    network(state.network());
    random(state.random());
  }

  private void layerResult(LayerResult result) throws IOException {
    out.integer(result.layer());
    out.list(result.trainingCosts(), out::real);
    out.list(result.validationErrors(), out::real);
    out.integer(result.bestEpoch());
    out.real(result.seconds());
    out.longInteger(result.cachedBytes());
    out.flag(result.cachedInFile());
  }

  private void layer(LayerState state) throws IOException {
    out.integer(state.layer());
    counts(state.counts());
    out.list(state.costs(), out::real);
    out.list(state.errors(), out::real);
    out.real(state.seconds());
    out.optional(state.updater(), out::array);
    out.optional(state.best(), this::best);
    out.optional(state.position(), this::position);
  }

  private void best(LayerState.Best best) throws IOException {
    out.integer(best.epoch());
    out.real(best.lowest());
    out.real(best.mark());
    out.integer(best.waited());
    out.optional(best.weights(), out::array);
  }

  private void position(LayerState.Position position) throws IOException {
    out.integer(position.next());
    out.real(position.scoreSum());
    out.optional(position.corruption(), this::random);
    out.array(position.before());
  }

  private void network(NetworkState state) throws IOException {
    out.array(state.parameters());
    counts(state.counts());
    out.list(state.layers(), this::counts);
  }

  private void counts(NetworkState.Counts counts) throws IOException {
    out.integer(counts.iterations());
    out.integer(counts.epochs());
  }

  private void random(RandomState random) throws IOException {
    out.longInteger(random.root());
    out.longInteger(random.node());
  }

  private void tuning(FineTuningState<FineTuningResult> state) throws IOException {
    out.list(state.result().epochs(), this::epoch);
    out.longInteger(state.result().iterations());
    out.real(state.patienceLimit());
    best(state.result().best());
    network(state.weights().network());
    out.optional(state.weights().updater(), out::array);
    out.array(state.weights().best());
    random(state.random());
    out.optional(state.position(), this::position);
  }

  private void position(FineTuningState.Position position) throws IOException {
    out.integer(position.minibatches());
    out.longInteger(position.examples());
    out.real(position.lossSum());
    out.real(position.validationScore());
    out.real(position.seconds());
  }

  private void tuningResult(FineTuningResult result) throws IOException {
    out.list(result.epochs(), this::epoch);
    out.longInteger(result.iterations());
    best(result.best());
    out.text(result.stopReason().name());
  }

  private void epoch(FineTuningResult.Epoch epoch) throws IOException {
    out.real(epoch.trainingLoss());
    out.real(epoch.validationScore());
    out.real(epoch.seconds());
  }

  private void best(FineTuningResult.Best best) throws IOException {
    out.real(best.score());
    out.integer(best.epoch());
    out.longInteger(best.iteration());
  }
}
