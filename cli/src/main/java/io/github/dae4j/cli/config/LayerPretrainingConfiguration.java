package io.github.dae4j.cli.config;

import io.github.dae4j.stacked.pretraining.EarlyStopping;
import io.github.dae4j.stacked.pretraining.LayerPlan;

/** What is otherwise in the pretraining of one layer; null is what holds for all layers. */
public record LayerPretrainingConfiguration(
    Integer epochs, Integer batch, UpdaterConfiguration updater, EarlyStopping earlyStopping) {

  static final RecordForm<LayerPretrainingConfiguration> FORM =
      RecordForm.of(
          LayerPretrainingConfiguration.class,
          Key.optional("epochs", NumberForm.whole(Interval.COUNT)),
          Key.optional("batch", NumberForm.whole(Interval.COUNT)),
          Key.optional("updater", UpdaterForm.FORM),
          Key.optional("early-stopping", PretrainingConfiguration.EARLY_STOPPING));

  static final LayerPretrainingConfiguration SAME =
      new LayerPretrainingConfiguration(null, null, null, null);

  public LayerPretrainingConfiguration {
    FORM.check(epochs, batch, updater, earlyStopping);
  }

  LayerPlan plan(PretrainingConfiguration general) {
    int length = or(epochs, general.epochs());
    return LayerPlan.ofEpochs(length)
        .withMinibatch(or(batch, general.batch()))
        .withUpdater(or(updater, general.updater()).create(length))
        .withEarlyStopping(or(earlyStopping, general.earlyStopping()));
  }

  private static <T> T or(T own, T general) {
    return own == null ? general : own;
  }
}
