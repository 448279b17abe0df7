package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.FineTuningConfiguration.Objective;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that determines a training run, as a configuration file says it.
 *
 * @param seed of everything that is drawn
 * @param pretraining null for none
 * @param fineTuning null for none
 * @param threads of the CPU, null where the file leaves it to who runs it
 */
public record ExperimentConfiguration(
    long seed,
    ImageData data,
    StackConfiguration stack,
    PretrainingConfiguration pretraining,
    FineTuningConfiguration fineTuning,
    CheckpointConfiguration checkpoint,
    Integer threads)
    implements Configuration {

  private static final int SEEN = 200_000; // images that training sees in all its epochs, about
  private static final int MOST_EPOCHS = 100;
  private static final int LEAST_EPOCHS = 3;

  static final RecordForm<ExperimentConfiguration> FORM =
      RecordForm.of(
          ExperimentConfiguration.class,
          Key.withDefault("seed", NumberForm.seed(), 1L),
          Key.required("data", ImageData.FORM),
          Key.required("stack", StackConfiguration.FORM),
          Key.optional("pretraining", PretrainingConfiguration.FORM),
          Key.optional("fine-tuning", FineTuningConfiguration.FORM),
          Key.withDefault(
              "checkpoint", CheckpointConfiguration.FORM, CheckpointConfiguration.DEFAULT),
          Key.optional("threads", NumberForm.whole(Interval.THREADS)));

  public ExperimentConfiguration {
    FORM.check(seed, data, stack, pretraining, fineTuning, checkpoint, threads);
    int depth = stack.layers().size();
    if (pretraining != null && pretraining.layers() != null) {
      int plans = pretraining.layers().size();
      FORM.require(
          plans == depth,
          "pretraining.layers",
          "one for each of the %d layers of the stack".formatted(depth),
          plans);
    }
    if (fineTuning != null) {
      int most = fineTuning.depth(depth) - 1;
      FORM.require(
          fineTuning.frozen() <= most,
          "fine-tuning.freeze[0].below",
          "<= %d, so that a layer is left to train".formatted(most),
          fineTuning.frozen());
    }
    FORM.require(
        data.labels() == null || classifies(fineTuning),
        "data.labels",
        "left out unless fine-tuning has the objective classification or ladder",
        data.labels());
    FORM.require(
        data.labels() == null || data.labels() >= 2 || !tunesBy(fineTuning, Objective.LADDER),
        "data.labels",
        ">= 2 for the objective ladder",
        data.labels());
    boolean stopsEarly =
        pretraining != null && pretraining.stopsEarly()
            || fineTuning != null && fineTuning.patience() != null;
    FORM.require(
        data.isValidated() || !stopsEarly,
        "data.validation",
        ">= 1 for early stopping and patience",
        0);
  }

  private static boolean tunesBy(FineTuningConfiguration fineTuning, Objective objective) {
    return fineTuning != null && fineTuning.objective() == objective;
  }

  private static boolean classifies(FineTuningConfiguration fineTuning) {
    return tunesBy(fineTuning, Objective.CLASSIFICATION) || tunesBy(fineTuning, Objective.LADDER);
  }

  /** Whether fine-tuning denoises at every level, of images without labels too. */
  public boolean isLadder() {
    return tunesBy(fineTuning, Objective.LADDER);
  }

  /** Whether fine-tuning tells classes apart. */
  public boolean isClassified() {
    return classifies(fineTuning);
  }

  /** Whether fine-tuning is that of the unrolled stack, on reconstruction. */
  public boolean isUnrolled() {
    return tunesBy(fineTuning, Objective.RECONSTRUCTION);
  }

  /**
   * A new stack with fresh weights, and a softmax layer on top if fine-tuning classifies.
   *
   * @param inputs the width of the input, which is in [0, 1]
   */
  public StackedDenoisingAutoEncoder newStack(int inputs, int classes) {
    return stack.builder(inputs, isClassified() ? classes : 0, seed).build();
  }

  /** The same with numbers where the images decide, of which training sees so many. */
  public ExperimentConfiguration resolved(int images) {
    int epochs = Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, SEEN / images));
    return new ExperimentConfiguration(
        seed,
        data,
        stack,
        pretraining == null ? null : pretraining.resolved(epochs),
        fineTuning == null ? null : fineTuning.resolved(Math.max(LEAST_EPOCHS, epochs / 2)),
        checkpoint,
        threads);
  }

  /**
   * The pretrainer, complete but for a validation set, which early stopping needs; empty if there
   * is no pretraining.
   */
  public Optional<GreedyPretrainer.Builder> pretrainer() {
    return Optional.ofNullable(pretraining)
        .map(settings -> settings.pretrainer(stack.layers().size()).seed(seed));
  }

  /**
   * The fine-tuner; empty if there is no fine-tuning.
   *
   * @param examples of an epoch, which patience counts in epochs
   */
  public Optional<FineTuner.Builder> fineTuner(int examples) {
    return Optional.ofNullable(fineTuning).map(settings -> settings.fineTuner(examples, seed));
  }

  /** At most so long is between two checkpoints. */
  public Duration checkpointInterval() {
    return Duration.ofSeconds(checkpoint.seconds());
  }

  @Override
  public String toYaml() {
    return YamlWriter.document(FORM.write(this));
  }

  /**
   * How often a run is written down.
   *
   * @param seconds at most between two checkpoints within an epoch
   */
  public record CheckpointConfiguration(int seconds) {

    static final RecordForm<CheckpointConfiguration> FORM =
        RecordForm.of(
            CheckpointConfiguration.class,
            Key.withDefault("seconds", NumberForm.whole(Interval.COUNT), 60));

    static final CheckpointConfiguration DEFAULT = FORM.ofDefaults();

    public CheckpointConfiguration {
      FORM.check(seconds);
    }
  }
}
