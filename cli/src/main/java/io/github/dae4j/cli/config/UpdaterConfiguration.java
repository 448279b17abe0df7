package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.ChoiceForm.Kind;
import io.github.dae4j.cli.config.Form.WordForm;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.cli.config.UpdaterConfiguration.Adam;
import io.github.dae4j.cli.config.UpdaterConfiguration.Nesterov;
import io.github.dae4j.cli.config.UpdaterConfiguration.Sgd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * What makes steps of gradients; the constants of ND4J's updaters that are not named are theirs.
 */
public sealed interface UpdaterConfiguration {

  /** ND4J's updater for a training of so many epochs. */
  IUpdater create(int epochs);

  /** Stochastic gradient descent. */
  record Sgd(RateConfiguration rate) implements UpdaterConfiguration {

    static final RecordForm<Sgd> FORM =
        RecordForm.of(Sgd.class, Key.required("rate", RateConfiguration.FORM)).withShortForm();

    public Sgd {
      FORM.check(rate);
    }

    @Override
    public IUpdater create(int epochs) {
      return rate.given(new org.nd4j.linalg.learning.config.Sgd(), epochs);
    }
  }

  /** Gradient descent with Nesterov's momentum. */
  record Nesterov(RateConfiguration rate, double momentum) implements UpdaterConfiguration {

    static final RecordForm<Nesterov> FORM =
        RecordForm.of(
                Nesterov.class,
                Key.required("rate", RateConfiguration.FORM),
                Key.withDefault("momentum", NumberForm.decimal(Interval.BELOW_ONE), 0.9))
            .withShortForm();

    public Nesterov {
      FORM.check(rate, momentum);
    }

    @Override
    public IUpdater create(int epochs) {
      return rate.given(new Nesterovs(momentum), epochs);
    }
  }

  /** Adam (Kingma and Ba 2015). */
  record Adam(RateConfiguration rate, double beta1, double beta2) implements UpdaterConfiguration {

    static final RecordForm<Adam> FORM =
        RecordForm.of(
                Adam.class,
                Key.required("rate", RateConfiguration.FORM),
                Key.withDefault("beta1", NumberForm.decimal(Interval.BELOW_ONE), 0.9),
                Key.withDefault("beta2", NumberForm.decimal(Interval.BELOW_ONE), 0.999))
            .withShortForm();

    public Adam {
      FORM.check(rate, beta1, beta2);
    }

    @Override
    public IUpdater create(int epochs) {
      return rate.given(
          org.nd4j.linalg.learning.config.Adam.builder().beta1(beta1).beta2(beta2).build(), epochs);
    }
  }

  /** The short names of updaters. */
  static final class UpdaterForm {

    static final Form<UpdaterConfiguration> FORM =
        new ChoiceForm<>(
            null,
            null,
            List.of(
                new Kind<>("sgd", Sgd.class, Sgd.FORM),
                new Kind<>("nesterov", Nesterov.class, Nesterov.FORM),
                new Kind<>("adam", Adam.class, Adam.FORM)));

    /** What both kinds of training have where none is given. */
    static final UpdaterConfiguration DEFAULT = new Sgd(RateConfiguration.constant(0.1));

    private UpdaterForm() {}
  }

  /**
   * A learning rate: one for all epochs, or a way from one in the first epoch to another in the
   * last.
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
}
