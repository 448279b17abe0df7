package io.github.dae4j.cli.config;

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
