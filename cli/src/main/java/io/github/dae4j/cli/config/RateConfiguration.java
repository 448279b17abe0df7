package io.github.dae4j.cli.config;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A learning rate: one for all epochs, or a way from one in the first epoch to another in the last.
 *
 * @param to null for {@code from} in all epochs
 */
public record RateConfiguration(double from, Double to, Decay decay) {

  /** How a rate gets to its last value. */
  public enum Decay {
    /** By the same difference after each epoch. */
    LINEAR {
      @Override
      double at(double share, double from, double to) {
        return from + share * (to - from);
      }
    },
    /** By the same factor after each epoch. */
    EXPONENTIAL {
      @Override
      double at(double share, double from, double to) {
        return from * Math.pow(to / from, share);
      }
    };

    /** The rate at a share of the way, in [0, 1]. */
    abstract double at(double share, double from, double to);
  }

  static final RecordForm<RateConfiguration> FORM =
      RecordForm.of(
              RateConfiguration.class,
              Key.required("from", NumberForm.decimal(Interval.POSITIVE)),
              Key.optional("to", NumberForm.decimal(Interval.POSITIVE)),
              Key.withDefault("decay", WordForm.of(Decay.values()), Decay.EXPONENTIAL))
          .withShortForm();

  public RateConfiguration {
    FORM.check(from, to, decay);
  }

  /** The same rate in all epochs. */
  public static RateConfiguration constant(double rate) {
    return new RateConfiguration(rate, null, Decay.EXPONENTIAL);
  }

  /** Gives an updater this rate, for a training of so many epochs. */
  <U extends IUpdater> U given(U updater, int epochs) {
    updater.setLrAndSchedule(from, to == null ? null : schedule(epochs));
    return updater;
  }

  /** DL4J's own class, for it is stored in models; beyond the last epoch the rate stays. */
  private ISchedule schedule(int epochs) {
    Map<Integer, Double> rates = new HashMap<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      double share = epochs == 1 ? 0 : epoch / (epochs - 1.0);
      rates.put(epoch, decay.at(share, from, to));
    }
    return new MapSchedule(ScheduleType.EPOCH, rates);
  }
}
