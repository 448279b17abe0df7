package io.github.dae4j.stacked.config;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.NoCorruption;

/**
 * One denoising autoencoder of a stack.
 *
 * @param units the width of its code
 * @param corruption what pretraining does to its input
 */
public record LayerConfiguration(int units, Corruption corruption) {

  static final RecordForm<LayerConfiguration> FORM =
      RecordForm.of(
          LayerConfiguration.class,
          Key.required("units", NumberForm.whole(Interval.COUNT)),
          Key.withDefault("corruption", CorruptionForm.FORM, new NoCorruption()));

  public LayerConfiguration {
    FORM.check(units, corruption);
  }
}
