package io.github.dae4j.cli.config;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.layer.Sparsity;

/**
 * One denoising autoencoder of a stack.
 *
 * @param units the width of its code
 * @param corruption what pretraining does to its input
 * @param contraction the weight of pretraining's penalty on the Jacobian of the code
 * @param sparsity pretraining's penalty on units that are active too often; null for none
 */
public record LayerConfiguration(
    int units, Corruption corruption, double contraction, Sparsity sparsity) {

  private static final Form<Sparsity> SPARSITY =
      RecordForm.of(
          Sparsity.class,
          Key.required("rate", NumberForm.decimal(Interval.WITHIN_UNIT)),
          Key.required("weight", NumberForm.decimal(Interval.NOT_NEGATIVE)));

  static final RecordForm<LayerConfiguration> FORM =
      RecordForm.of(
          LayerConfiguration.class,
          Key.required("units", NumberForm.whole(Interval.COUNT)),
          Key.withDefault("corruption", CorruptionForm.FORM, new NoCorruption()),
          Key.withDefault("contraction", NumberForm.decimal(Interval.NOT_NEGATIVE), 0.0),
          Key.optional("sparsity", SPARSITY));

  public LayerConfiguration {
    FORM.check(units, corruption, contraction, sparsity);
  }

  /** A layer whose code is not penalized. */
  public LayerConfiguration(int units, Corruption corruption) {
    this(units, corruption, 0, null);
  }
}
