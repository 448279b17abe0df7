package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Pretraining and fine-tuning of one stack in a directory, so that a crash costs no more than the
 * time since the last checkpoint.
 *
 * <p>A run that goes on ends with the same bits as one that was never interrupted, on the same
 * machine, with the same number of threads and the same kind of listeners (all {@code
 * ScoreListener}s or DL4J's own of that kind, or not); what is drawn from {@code Nd4j.getRandom()}
 * (dropout, weight noise) goes on from where that generator was. Listeners of the network are told
 * as the trainers do; of an epoch in which a run goes on, they are told from there on, its start
 * included.
 */
public final class TrainingRun {

  private final Path directory;
  private final Duration interval;
  private final PretrainingStage pretraining;
  private final TuningStage tuning;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private TrainingRun(Builder builder) {
    directory = builder.directory;
    interval = builder.interval;
    pretraining = builder.pretraining;
    tuning = builder.tuning;
  }

  /**
   * Trains from the beginning, in place.
   *
   * @throws CheckpointException if the directory has a checkpoint, or is in use, or none can be
   *     written there
   * @throws TrainingStoppedException after {@link #stop}
   * @throws io.github.dae4j.stacked.pretraining.DivergedException if something is not finite
   */
  public TrainingResult start(StackedDenoisingAutoEncoder stack) {
    Objects.requireNonNull(stack, "TrainingRun stack must not be null");
    try (RunDirectory locked = RunDirectory.open(directory)) {
      CheckpointStore store = new CheckpointStore(locked.checkpoints());
      if (!store.isEmpty()) {
        throw new CheckpointException(
            "%s already has a checkpoint: resume that run, or start in another directory"
                .formatted(directory));
      }
      return open(stack, locked, store).run(null);
    }
  }

  /**
   * Goes on from the last whole checkpoint; a run that had finished gives its result again.
   *
   * @param stack built as for {@link #start}; its parameters are replaced
   * @throws CheckpointException if there is no whole checkpoint, or configuration or data are not
   *     those of the run, besides the reasons of {@code start}
   */
  public TrainingResult resume(StackedDenoisingAutoEncoder stack) {
    Objects.requireNonNull(stack, "TrainingRun stack must not be null");
    if (!hasCheckpoint()) {
      throw new CheckpointException(
          "nothing to resume in %s: it has no checkpoint".formatted(directory));
    }
    try (RunDirectory locked = RunDirectory.open(directory)) {
      CheckpointStore store = new CheckpointStore(locked.checkpoints());
      CheckpointFile.Checkpoint newest = store.newest();
      return open(stack, locked, store).run(newest);
    }
  }

  /** Whether the directory has a checkpoint, so that the run is to be resumed, not started. */
  public boolean hasCheckpoint() {
    Path checkpoints = RunDirectory.checkpoints(directory);
    return Files.isDirectory(checkpoints) && !new CheckpointStore(checkpoints).isEmpty();
  }

  /**
   * From any thread: has a checkpoint written after the present step, and {@code start} or {@code
   * resume} throw {@link TrainingStoppedException}.
   */
  public void stop() {
    stopping.set(true);
  }

  private OpenRun open(
      StackedDenoisingAutoEncoder stack, RunDirectory locked, CheckpointStore store) {
    Recorder recorder = new Recorder(store, interval, stopping);
    return new OpenRun(stack, pretraining, tuning, locked.codes(), store, recorder);
  }

  /** Builds a {@link TrainingRun}, of a directory and at least one stage. */
  public static final class Builder {

    private Path directory;
    private Duration interval = Duration.ofSeconds(60);
    private PretrainingStage pretraining;
    private TuningStage tuning;

    /** Where the run is kept; created if it is not there. */
    public Builder directory(Path directory) {
      this.directory = required("directory", directory);
      return this;
    }

    /**
     * The longest time between two checkpoints within an epoch, besides the one after each; 60
     * seconds by default.
     */
    public Builder interval(Duration interval) {
      if (required("interval", interval).isNegative()) {
        throw new IllegalArgumentException("TrainingRun interval must be >= 0, got " + interval);
      }
      this.interval = interval;
      return this;
    }

    /**
     * Pretrains first, on minibatches in the user's units. Codes lie in the run's directory unless
     * the pretrainer has one.
     */
    public Builder pretraining(GreedyPretrainer pretrainer, DataSetIterator train) {
      return pretraining(pretrainer, train, null);
    }

    /** The same with a validation set in the user's units, or null for none. */
    public Builder pretraining(
        GreedyPretrainer pretrainer, DataSetIterator train, DataSetIterator validation) {
      pretraining =
          new PretrainingStage(
              required("pretrainer", pretrainer), required("pretraining train", train), validation);
      return this;
    }

    /**
     * Fine-tunes on labels, features in the user's units. Unless they know epochs, iterators must
     * give the same minibatches after each reset.
     *
     * @param validation null for none; the stack then has the parameters of the last epoch
     */
    public Builder fineTuning(FineTuner tuner, DataSetIterator train, DataSetIterator validation) {
      return tuning(tuner, train, validation, false);
    }

    /**
     * Instead: unrolls the stack, tunes it on the reconstruction of features in the user's units,
     * and folds it back.
     *
     * @param validation as with {@code fineTuning}
     */
    public Builder unrolledTuning(
        FineTuner tuner, DataSetIterator train, DataSetIterator validation) {
      return tuning(tuner, train, validation, true);
    }

    private Builder tuning(
        FineTuner tuner, DataSetIterator train, DataSetIterator validation, boolean unrolled) {
      tuning =
          new TuningStage(
              required("tuner", tuner), required("tuning train", train), validation, unrolled);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if there is nothing to train
     */
    public TrainingRun build() {
      required("directory", directory);
      if (pretraining == null && tuning == null) {
        throw new IllegalArgumentException(
            "TrainingRun must be given pretraining, fineTuning or unrolledTuning");
      }
      return new TrainingRun(this);
    }

    private static <T> T required(String parameter, T value) {
      return Objects.requireNonNull(value, () -> "TrainingRun " + parameter + " must not be null");
    }
  }
}
