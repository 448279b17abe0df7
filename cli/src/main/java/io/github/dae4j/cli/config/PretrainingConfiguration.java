package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Form.AutoForm;
import io.github.dae4j.cli.config.Form.FlagForm;
import io.github.dae4j.cli.config.Form.ListForm;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.cli.config.UpdaterConfiguration.UpdaterForm;
import io.github.dae4j.stacked.pretraining.EarlyStopping;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.util.List;

/**
 * How layers are pretrained, one after the other.
 *
 * @param epochs of each layer; with early stopping, at most; null where the images decide
 * @param batch images of a minibatch
 * @param shuffle whether each epoch has an order of its own
 * @param earlyStopping null for all epochs
 * @param layers what is otherwise in each of them, from the bottom to the top; null for nothing
 */
public record PretrainingConfiguration(
    Integer epochs,
    int batch,
    UpdaterConfiguration updater,
    boolean shuffle,
    EarlyStopping earlyStopping,
    List<LayerPretrainingConfiguration> layers) {

  static final Form<EarlyStopping> EARLY_STOPPING =
      RecordForm.of(
          EarlyStopping.class,
          Key.required("patience", NumberForm.whole(Interval.AT_LEAST_ONE)),
          Key.withDefault("improvement", NumberForm.decimal(Interval.BELOW_ONE), 0.0));

  static final RecordForm<PretrainingConfiguration> FORM =
      RecordForm.of(
          PretrainingConfiguration.class,
          Key.auto("epochs", new AutoForm<>(NumberForm.whole(Interval.COUNT))),
          Key.withDefault("batch", NumberForm.whole(Interval.COUNT), 20),
          Key.withDefault("updater", UpdaterForm.FORM, UpdaterForm.DEFAULT),
          Key.withDefault("shuffle", new FlagForm(), true),
          Key.optional("early-stopping", EARLY_STOPPING),
          Key.optional("layers", ListForm.ofSome(LayerPretrainingConfiguration.FORM)));

  public PretrainingConfiguration {
    FORM.check(epochs, batch, updater, shuffle, earlyStopping, layers);
    layers = layers == null ? null : List.copyOf(layers);
  }

  /** The same with this number of epochs where the images decide. */
  PretrainingConfiguration resolved(int auto) {
    return new PretrainingConfiguration(
        epochs == null ? auto : epochs, batch, updater, shuffle, earlyStopping, layers);
  }

  /** Whether a layer stops early, which takes a validation set. */
  public boolean stopsEarly() {
    return earlyStopping != null
        || layers != null && layers.stream().anyMatch(layer -> layer.earlyStopping() != null);
  }

  /** The plan of a layer, counted from 0 at the bottom. */
  public LayerPlan plan(int layer) {
    return (layers == null ? LayerPretrainingConfiguration.SAME : layers.get(layer)).plan(this);
  }

  GreedyPretrainer.Builder pretrainer(int depth) {
    GreedyPretrainer.Builder builder = new GreedyPretrainer.Builder().shuffled(shuffle);
    for (int layer = 0; layer < depth; layer++) {
      builder.plan(layer, plan(layer));
    }
    return builder;
  }

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
}
