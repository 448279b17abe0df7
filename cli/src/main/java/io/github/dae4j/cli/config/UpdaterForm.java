package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.ChoiceForm.Kind;
import io.github.dae4j.cli.config.UpdaterConfiguration.Adam;
import io.github.dae4j.cli.config.UpdaterConfiguration.Nesterov;
import io.github.dae4j.cli.config.UpdaterConfiguration.Sgd;
import java.util.List;

/** The short names of updaters. */
final class UpdaterForm {

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
