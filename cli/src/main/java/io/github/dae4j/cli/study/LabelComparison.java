package io.github.dae4j.cli.study;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.FineTuningConfiguration;
import io.github.dae4j.cli.config.FineTuningConfiguration.PatienceConfiguration;
import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.cli.study.LabelComparison.LabelResult;
import io.github.dae4j.cli.study.LabelComparison.Start;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.Patience;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Networks for few labels, all of one seed: a stack is pretrained once, on all images, and a
 * network begins with its weights or with fresh ones; a third denoises all images at every level
 * while it learns the labels.
 */
public final class LabelComparison {

  /** The weights that a network has before it sees a label, and what else it learns from. */
  public enum Start {
    PRETRAINED,
    FROM_SCRATCH,
    /** From scratch, denoising all images at every level meanwhile. */
    LADDER;

    /** "pretrained", "from scratch" or "ladder". */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final int VALIDATIONS = 50;
  private static final int LADDER_BATCH = 100;
  private static final int LEAST_LADDER_EPOCHS = 3;

  private final Experiment experiment;
  private final int steps;
  private final StackedDenoisingAutoEncoder pretrained;

  /**
   * Prepares it.
   *
   * @param seed in place of the configuration's; the digits stay
   * @param steps minibatches that each network is fine-tuned for at least
   */
  public LabelComparison(Experiment experiment, long seed, int steps) {
    this.experiment = experiment.with("seed=" + seed);
    this.steps = steps;
    pretrained = this.experiment.newStack();
  }

  /** Whether a configuration has what is compared: pretraining, and fine-tuning that classifies. */
  public static boolean fits(ExperimentConfiguration configuration) {
    return configuration.pretraining() != null
        && configuration.isClassified()
        && !configuration.isLadder();
  }

  /** Pretrains the stack; comes first, and once. */
  public List<LayerResult> pretrain(List<TrainingListener> listeners) {
    pretrained.network().setListeners(listeners);
    List<LayerResult> layers = experiment.pretrain(pretrained);
    pretrained.network().setListeners();
    return layers;
  }

  /** Fine-tunes a network on the first images with labels, and tests it. */
  public LabelResult fineTune(Start start, int labels, ProgressListener progress) {
    Experiment few = start == Start.LADDER ? ladder(labels) : withLabels(labels);
    StackedDenoisingAutoEncoder stack = start == Start.LADDER ? few.newStack() : network(start);
    String task = "%s, %d labels".formatted(start.words(), labels);
    stack
        .network()
        .setListeners(TrainingProgress.counting(task, few.fineTuning().steps(), progress));
    FineTuningResult tuning =
        start == Start.LADDER ? few.fineTune(stack) : few.fineTune(stack, patience(few));
    stack.network().setListeners();
    return new LabelResult(
        labels,
        start,
        few.configuration().seed(),
        tuning.epochs().size(),
        tuning.iterations(),
        tuning.best().score(),
        TestResult.classification(stack, few.digits().test(), progress).error(),
        tuning.seconds());
  }

  /** A network of its own; both kinds have the same output layer. */
  StackedDenoisingAutoEncoder network(Start start) {
    StackedDenoisingAutoEncoder stack = experiment.newStack(); // seeds ND4J alike for both, too
    if (start == Start.PRETRAINED) {
      stack.network().setParams(pretrained.network().params());
    }
    return stack;
  }

  /** So few labels, and so many epochs that there are enough steps. */
  Experiment withLabels(int labels) {
    FineTuningConfiguration given = experiment.configuration().fineTuning();
    int minibatches = (labels + given.batch() - 1) / given.batch();
    int epochs = Math.max(given.epochs(), (steps + minibatches - 1) / minibatches);
    return experiment.with("data.labels=" + labels, "fine-tuning.epochs=" + epochs);
  }

  /**
   * The ladder on the same labels: rectified units, as many steps as the others have at least, and
   * the updater of Rasmus et al. (2015).
   */
  Experiment ladder(int labels) {
    int minibatches = (experiment.digits().train().size() + LADDER_BATCH - 1) / LADDER_BATCH;
    int epochs = Math.max(LEAST_LADDER_EPOCHS, (steps + minibatches - 1) / minibatches);
    return experiment.with(
        "data.labels=" + labels,
        "stack.activation=relu",
        "stack.initialization=relu",
        "fine-tuning={objective: ladder, batch: %d, epochs: %d, updater: {adam: 0.002}}"
            .formatted(LADDER_BATCH, epochs));
  }

  /** The configured one, if any, but for the rhythm: an epoch of few labels is soon over. */
  Patience patience(Experiment few) {
    Stage stage = few.fineTuning();
    PatienceConfiguration given = few.configuration().fineTuning().patience();
    if (given == null) {
      return new Patience(Long.MAX_VALUE, 1, 0, rhythm(stage.steps()));
    }
    long least = Math.max(steps, (long) given.epochs() * stage.minibatches());
    return new Patience(
        least, given.increase(), given.improvement(), rhythm(Math.min(least, stage.steps())));
  }

  private static int rhythm(long minibatches) {
    return (int) Math.max(1, Math.min(minibatches / VALIDATIONS, Integer.MAX_VALUE));
  }

  /**
   * How a network did that was fine-tuned on few labels.
   *
   * @param labels images that it was fine-tuned on
   * @param minibatches that it was fine-tuned for
   * @param validationError the least there was, in [0, 1]
   * @param testError with the parameters of then, in [0, 1]
   * @param seconds of fine-tuning
   */
  public record LabelResult(
      int labels,
      Start start,
      long seed,
      int epochs,
      long minibatches,
      double validationError,
      double testError,
      double seconds) {

    /** On the console, when it is ready. */
    void print(Console console) {
      console.event("network", this, line());
    }

    private String line() {
      return String.format(
          Locale.ROOT,
          "%-12s  %d labels  %d epochs  best validation %.2f %%  test error %.2f %%  %.1f s",
          start().words(),
          labels(),
          epochs(),
          100 * validationError(),
          100 * testError(),
          seconds());
    }
  }
}
