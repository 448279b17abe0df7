package io.github.dae4j.cli.config;

import io.github.dae4j.stacked.finetuning.Patience;

/**
 * When fine-tuning gives up, as in the Deep Learning Tutorials' SdA.py.
 *
 * @param epochs to train at least
 * @param increase how many times as long it goes on where the score has improved clearly
 * @param threshold a score below this share of the best one has improved clearly
 */
public record PatienceConfiguration(int epochs, double increase, double threshold) {

  static final RecordForm<PatienceConfiguration> FORM =
      RecordForm.of(
          PatienceConfiguration.class,
          Key.withDefault("epochs", NumberForm.whole(Interval.COUNT), 10),
          Key.withDefault("increase", NumberForm.decimal(Interval.AT_LEAST_ONE), 2.0),
          Key.withDefault("threshold", NumberForm.decimal(Interval.ABOVE_ZERO_TO_ONE), 0.995));

  public PatienceConfiguration {
    FORM.check(epochs, increase, threshold);
  }

  /** It validates after each epoch, or twice in one if it may end after one. */
  Patience of(int minibatchesPerEpoch) {
    long iterations = (long) epochs * minibatchesPerEpoch;
    int frequency = (int) Math.min(minibatchesPerEpoch, iterations / 2);
    return new Patience(iterations, increase, threshold, frequency);
  }
}
