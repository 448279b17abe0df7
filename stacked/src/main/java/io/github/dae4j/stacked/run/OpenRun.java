package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.UnrolledStack;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.FineTuningState;
import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.PretrainingState;
import io.github.dae4j.stacked.internal.RandomState;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** A run while it has its directory: the stages one after the other, from wherever it goes on. */
final class OpenRun {

  private final StackedDenoisingAutoEncoder stack;
  private final PretrainingStage pretraining;
  private final TuningStage tuning;
  private final Path codes;
  private final CheckpointStore store;
  private final Recorder recorder;

  /**
   * A run that has not begun.
   *
   * @param pretraining null if there is none
   * @param tuning null if there is none
   * @param codes the directory of codes that memory has no room for
   */
  OpenRun(
      StackedDenoisingAutoEncoder stack,
      PretrainingStage pretraining,
      TuningStage tuning,
      Path codes,
      CheckpointStore store,
      Recorder recorder) {
    this.stack = stack;
    this.pretraining = pretraining;
    this.tuning = tuning;
    this.codes = codes;
    this.store = store;
    this.recorder = recorder;
  }

  /** Runs from the beginning, or from a checkpoint if there is one. */
  TrainingResult run(CheckpointFile.Checkpoint from) {
    requireTunable();
    Progress progress = from == null ? null : from.progress();
    FingerprintCheck check = new FingerprintCheck(stack, pretraining, tuning, recorder);
    check.examine(from == null ? null : from.fingerprint());
    PretrainingStage stage = pretraining == null ? null : pretraining.with(codes, check::digested);
    List<LayerResult> layers = pretrain(stage, progress);
    check.readRest();
    if (progress instanceof Progress.Finished finished) {
      return finished(finished);
    }
    Tuned tuned = tune(layers, progress instanceof Progress.Tuning state ? state : null);
    recorder.write(
        new Progress.Finished(layers, tuned.result(), NetworkState.of(tuned.stack().network())));
    return new TrainingResult(tuned.stack(), layers, tuned.result());
  }

  /** Not only after a pretraining, for with another tuner its checkpoints are refused. */
  private void requireTunable() {
    if (tuning == null) {
      return;
    }
    RandomState random = RandomState.of(Nd4j.getRandom());
    MultiLayerNetwork network =
        tuning.unrolled() ? UnrolledStack.of(stack.network()).network() : stack.network();
    tuning.tuner().requireSuits(network, tuning.validationOf(stack));
    random.restore(Nd4j.getRandom()); // which DL4J has seeded, if it was unrolled
  }

  private List<LayerResult> pretrain(PretrainingStage stage, Progress from) {
    if (from instanceof Progress.Tuning tuned) {
      return tuned.pretraining();
    }
    if (stage == null || from instanceof Progress.Finished) {
      return List.of();
    }
    DataSetIterator train = stack.normalized(stage.train());
    DataSetIterator held = stage.validation() == null ? null : stack.normalized(stage.validation());
    Checkpoints<PretrainingState<LayerResult>> checkpoints = recorder.of(Progress.Pretraining::new);
    try {
      return from instanceof Progress.Pretraining begun
          ? stage.pretrainer().resume(begun.state(), stack.network(), train, held, checkpoints)
          : stage.pretrainer().pretrain(stack.network(), train, held, checkpoints);
    } catch (UncheckedIOException e) { // no room for codes
      throw new CheckpointException(e.getMessage() + "; " + store.last(), e);
    }
  }

  /** The stack after fine-tuning, and what that did. */
  private record Tuned(StackedDenoisingAutoEncoder stack, FineTuningResult result) {}

  private Tuned tune(List<LayerResult> layers, Progress.Tuning from) {
    if (tuning == null) {
      return new Tuned(stack, null);
    }
    if (!tuning.unrolled()) {
      return new Tuned(stack, fit(stack.network(), layers, null, from));
    }
    if (from != null) {
      from.stack().restore(stack.network());
    }
    UnrolledStack unrolled = UnrolledStack.of(stack.network());
    unrolled.network().setListeners(stack.network().getListeners());
    NetworkState pretrained = NetworkState.of(stack.network());
    FineTuningResult result = fit(unrolled.network(), layers, pretrained, from);
    return new Tuned(folded(unrolled), result);
  }

  private FineTuningResult fit(
      MultiLayerNetwork network,
      List<LayerResult> layers,
      NetworkState pretrained,
      Progress.Tuning from) {
    Checkpoints<FineTuningState<FineTuningResult>> checkpoints =
        recorder.of(state -> new Progress.Tuning(layers, pretrained, state));
    DataSetIterator train = tuning.trainOf(stack);
    DataSetIterator validation = tuning.validationOf(stack);
    return from == null
        ? tuning.tuner().fit(network, train, validation, checkpoints)
        : tuning.tuner().resume(from.state(), network, train, validation, checkpoints);
  }

  private StackedDenoisingAutoEncoder folded(UnrolledStack unrolled) {
    PretrainableNetwork network = unrolled.fold();
    network.setListeners(stack.network().getListeners());
    return StackedDenoisingAutoEncoder.of(
        network, stack.normalization().orElse(null), stack.properties());
  }

  private TrainingResult finished(Progress.Finished done) {
    StackedDenoisingAutoEncoder last = stack;
    if (tuning != null && tuning.unrolled()) {
      last = folded(UnrolledStack.of(stack.network()));
    } else if (tuning != null) {
      tuning.tuner().configure(stack.network());
    }
    done.network().restore(last.network());
    return new TrainingResult(last, done.pretraining(), done.fineTuning());
  }
}
