package io.github.dae4j.cli.config;

import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

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
}
