package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.ChoiceForm.Kind;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.ExactMaskingCorruption;
import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SaltAndPepperCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import java.util.List;

/** The short names of corruptions, whose settings are the components of their records. */
final class CorruptionForm {

  private static final Form<Double> LEVEL = NumberForm.decimal(Interval.UNIT);
  private static final Form<Double> VALUE = NumberForm.decimal(Interval.ANY);

  /** One value for all cells. */
  private static final Form<List<Double>> FILL =
      new ConvertedForm<>(VALUE, List::of, fill -> fill.get(0));

  static final Form<Corruption> FORM =
      new ChoiceForm<>(
          "none",
          new NoCorruption(),
          List.of(
              new Kind<>("masking", MaskingCorruption.class, masking(MaskingCorruption.class)),
              new Kind<>(
                  "exact-masking",
                  ExactMaskingCorruption.class,
                  masking(ExactMaskingCorruption.class)),
              new Kind<>(
                  "salt-and-pepper",
                  SaltAndPepperCorruption.class,
                  RecordForm.of(
                          SaltAndPepperCorruption.class,
                          Key.required("level", LEVEL),
                          Key.withDefault("min", VALUE, 0.0),
                          Key.withDefault("max", VALUE, 1.0))
                      .withShortForm()),
              new Kind<>(
                  "gaussian",
                  GaussianCorruption.class,
                  RecordForm.of(
                          GaussianCorruption.class,
                          Key.required(
                              "standard-deviation", NumberForm.decimal(Interval.NOT_NEGATIVE)))
                      .withShortForm()),
              new Kind<>(
                  "swap",
                  SwapCorruption.class,
                  new ConvertedForm<>(LEVEL, SwapCorruption::new, SwapCorruption::level))));

  private CorruptionForm() {}

  private static <R extends Record> Form<R> masking(Class<R> type) {
    return RecordForm.of(
            type, Key.required("level", LEVEL), Key.withDefault("fill", FILL, List.of(0.0)))
        .withShortForm();
  }
}
