package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Form.ListForm;
import io.github.dae4j.cli.config.Form.WordForm;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.stacked.ladder.Ladder;
import io.github.dae4j.stacked.ladder.Ladder.Combinator;
import java.util.List;

/**
 * Denoising at every level of the network while labels are told.
 *
 * @param noise standard deviations from the input up, the last of which stands for the rest
 * @param weights of the denoising costs, likewise
 * @param decay the share of the epochs in which the rate falls to 0
 */
public record LadderConfiguration(
    List<Double> noise, List<Double> weights, Combinator combinator, double decay) {

  static final RecordForm<LadderConfiguration> FORM =
      RecordForm.of(
          LadderConfiguration.class,
          Key.withDefault(
              "noise", ListForm.ofSome(NumberForm.decimal(Interval.NOT_NEGATIVE)), List.of(0.3)),
          Key.withDefault(
              "weights",
              ListForm.ofSome(NumberForm.decimal(Interval.NOT_NEGATIVE)),
              List.of(1000.0, 10.0, 0.1)),
          Key.withDefault("combinator", WordForm.of(Combinator.values()), Combinator.GAUSSIAN),
          Key.withDefault("decay", NumberForm.decimal(Interval.BELOW_ONE), 0.33));

  static final LadderConfiguration DEFAULT = FORM.ofDefaults();

  public LadderConfiguration {
    FORM.check(noise, weights, combinator, decay);
    FORM.require(weights.stream().anyMatch(weight -> weight > 0), "weights", "not all 0", weights);
    noise = List.copyOf(noise);
    weights = List.copyOf(weights);
  }

  Ladder ladder(long seed) {
    return new Ladder.Builder()
        .noise(array(noise))
        .weights(array(weights))
        .combinator(combinator)
        .decay(decay)
        .seed(seed)
        .build();
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
