package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Form.AutoForm;
import io.github.dae4j.cli.config.Form.FlagForm;
import io.github.dae4j.cli.config.Form.ListForm;
import io.github.dae4j.cli.config.Form.WordForm;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.cli.config.UpdaterConfiguration.UpdaterForm;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import io.github.dae4j.stacked.finetuning.Patience;
import io.github.dae4j.stacked.finetuning.ValidationScore;
import java.util.List;
import java.util.Locale;

/**
 * How the whole network is trained.
 *
 * @param epochs with patience, at most; null where the images decide
 * @param batch images of a minibatch
 * @param shuffle whether each epoch has an order of its own
 * @param patience null for all epochs
 * @param dropout null for none
 * @param denoisingWeight of the bottom layer's denoising loss, which is added; 0 for none
 * @param freeze stages in which lower layers do not train, null for none
 * @param ladder null for its defaults, and unless it is the objective
 */
public record FineTuningConfiguration(
    Objective objective,
    Integer epochs,
    int batch,
    UpdaterConfiguration updater,
    boolean shuffle,
    PatienceConfiguration patience,
    DropoutConfiguration dropout,
    double denoisingWeight,
    List<FreezeConfiguration> freeze,
    LadderConfiguration ladder) {

  /** What fine-tuning minimizes. */
  public enum Objective {
    /** The loss of a softmax layer above the top code; validation counts errors. */
    CLASSIFICATION(ValidationScore.CLASSIFICATION_ERROR),
    /** The reconstruction error of the unrolled stack; validation measures it too. */
    RECONSTRUCTION(ValidationScore.LOSS),
    /** The loss of a softmax layer and denoising at every level, of images without labels too. */
    LADDER(ValidationScore.CLASSIFICATION_ERROR);

    private final ValidationScore validationScore;

    Objective(ValidationScore validationScore) {
      this.validationScore = validationScore;
    }
  }

  private static final String LEFT_OUT = "left out ";
  private static final String BY_LADDER = "for the objective ladder";

  static final RecordForm<FineTuningConfiguration> FORM =
      RecordForm.of(
          FineTuningConfiguration.class,
          Key.withDefault("objective", WordForm.of(Objective.values()), Objective.CLASSIFICATION),
          Key.auto("epochs", new AutoForm<>(NumberForm.whole(Interval.COUNT))),
          Key.withDefault("batch", NumberForm.whole(Interval.COUNT), 20),
          Key.withDefault("updater", UpdaterForm.FORM, UpdaterForm.DEFAULT),
          Key.withDefault("shuffle", new FlagForm(), true),
          Key.optional("patience", PatienceConfiguration.FORM),
          Key.optional("dropout", DropoutConfiguration.FORM),
          Key.withDefault("denoising-weight", NumberForm.decimal(Interval.NOT_NEGATIVE), 0.0),
          Key.optional("freeze", ListForm.ofSome(FreezeConfiguration.FORM)),
          Key.optional("ladder", LadderConfiguration.FORM));

  public FineTuningConfiguration {
    FORM.check(
        objective,
        epochs,
        batch,
        updater,
        shuffle,
        patience,
        dropout,
        denoisingWeight,
        freeze,
        ladder);
    FORM.require(
        denoisingWeight == 0 || objective == Objective.CLASSIFICATION,
        "denoising-weight",
        "0 for the objective " + words(objective),
        denoisingWeight);
    boolean climbs = objective == Objective.LADDER;
    FORM.require(
        ladder == null || climbs, "ladder", LEFT_OUT + "unless it is the objective", ladder);
    FORM.require(batch >= 2 || !climbs, "batch", ">= 2 " + BY_LADDER, batch);
    FORM.require(dropout == null || !climbs, "dropout", LEFT_OUT + BY_LADDER, dropout);
    FORM.require(freeze == null || !climbs, "freeze", LEFT_OUT + BY_LADDER, freeze);
    FORM.require(shuffle || !climbs, "shuffle", "true for the objective ladder", shuffle);
    FORM.require(
        denoisingWeight == 0 || dropout == null || dropout.input() == 0,
        "dropout.input",
        "0 where denoising-weight is not",
        dropout == null ? 0 : dropout.input());
    if (freeze != null) {
      freeze = List.copyOf(freeze);
      requireOrder(freeze);
    }
  }

  private static String words(Objective objective) {
    return objective.name().toLowerCase(Locale.ROOT);
  }

  private static void requireOrder(List<FreezeConfiguration> stages) {
    for (int i = 1; i < stages.size(); i++) {
      FreezeConfiguration before = stages.get(i - 1);
      FORM.require(
          before.epochs() != null,
          "freeze[%d].epochs".formatted(i - 1),
          "given, for a stage follows",
          "nothing");
      FORM.require(
          stages.get(i).below() < before.below(),
          "freeze[%d].below".formatted(i),
          "less than in the stage before, which is " + before.below(),
          stages.get(i).below());
    }
  }

  /** The layers of what is trained, on a stack of so many. */
  int depth(int stack) {
    return objective == Objective.RECONSTRUCTION ? 2 * stack : stack + 1;
  }

  /** The same with this number of epochs where the images decide. */
  FineTuningConfiguration resolved(int auto) {
    return new FineTuningConfiguration(
        objective,
        epochs == null ? Integer.valueOf(auto) : epochs,
        batch,
        updater,
        shuffle,
        patience,
        dropout,
        denoisingWeight,
        freeze,
        ladder);
  }

  /** How many layers do not train at first. */
  int frozen() {
    return freeze == null ? 0 : freeze.get(0).below();
  }

  FineTuner.Builder fineTuner(int examples, long seed) {
    FineTuner.Builder builder =
        new FineTuner.Builder()
            .epochs(epochs)
            .updater(updater.create(epochs))
            .validationScore(objective.validationScore);
    if (patience != null) {
      builder.patience(patience.of(Math.max(1, (examples + batch - 1) / batch)));
    }
    if (dropout != null) {
      builder.dropout(dropout.input(), dropout.hidden());
    }
    if (denoisingWeight > 0) {
      builder.denoisingWeight(denoisingWeight);
    }
    if (freeze != null) {
      builder.freezing(FreezeConfiguration.schedule(freeze));
    }
    if (objective == Objective.LADDER) {
      LadderConfiguration settings = ladder == null ? LadderConfiguration.DEFAULT : ladder;
      builder.ladder(settings.ladder(seed));
    }
    return builder;
  }

  /**
   * The probabilities with which fine-tuning drops values.
   *
   * @param input of the network's input
   * @param hidden of the input of every further layer
   */
  public record DropoutConfiguration(double input, double hidden) {

    static final RecordForm<DropoutConfiguration> FORM =
        RecordForm.of(
            DropoutConfiguration.class,
            Key.withDefault("input", NumberForm.decimal(Interval.BELOW_ONE), 0.0),
            Key.withDefault("hidden", NumberForm.decimal(Interval.BELOW_ONE), 0.0));

    public DropoutConfiguration {
      FORM.check(input, hidden);
    }
  }

  /**
   * A stage of fine-tuning in which the lower layers do not train; after the last stage all do.
   *
   * @param below the lowest layer that trains, counted from 0 at the bottom
   * @param epochs of this stage; null, in the last one only, for all that are left
   */
  public record FreezeConfiguration(int below, Integer epochs) {

    static final RecordForm<FreezeConfiguration> FORM =
        RecordForm.of(
            FreezeConfiguration.class,
            Key.required("below", NumberForm.whole(Interval.AT_LEAST_ONE)),
            Key.optional("epochs", NumberForm.whole(Interval.COUNT)));

    public FreezeConfiguration {
      FORM.check(below, epochs);
    }

    static FreezingSchedule schedule(List<FreezeConfiguration> stages) {
      FreezingSchedule schedule = FreezingSchedule.freezingBelow(stages.get(0).below());
      int epoch = 0;
      for (int i = 0; i < stages.size() && stages.get(i).epochs() != null; i++) {
        epoch = Math.addExact(epoch, stages.get(i).epochs());
        int next = i + 1 < stages.size() ? stages.get(i + 1).below() : 0;
        schedule = schedule.then(epoch, next);
      }
      return schedule;
    }
  }

  /**
   * When fine-tuning gives up, as in the Deep Learning Tutorials' SdA.py.
   *
   * @param epochs to train at least
   * @param increase how many times as long it goes on where the score has improved clearly
   * @param improvement the share by which a score must be lower than the best to count as clear
   */
  public record PatienceConfiguration(int epochs, double increase, double improvement) {

    static final RecordForm<PatienceConfiguration> FORM =
        RecordForm.of(
            PatienceConfiguration.class,
            Key.withDefault("epochs", NumberForm.whole(Interval.COUNT), 10),
            Key.withDefault("increase", NumberForm.decimal(Interval.AT_LEAST_ONE), 2.0),
            Key.withDefault("improvement", NumberForm.decimal(Interval.BELOW_ONE), 0.005));

    public PatienceConfiguration {
      FORM.check(epochs, increase, improvement);
    }

    /** It validates after each epoch, or twice in one if it may end after one. */
    Patience of(int minibatchesPerEpoch) {
      long iterations = (long) epochs * minibatchesPerEpoch;
      int frequency = (int) Math.min(minibatchesPerEpoch, iterations / 2);
      return new Patience(iterations, increase, improvement, frequency);
    }
  }
}
