package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.report.Chart.Line;
import io.github.dae4j.report.Origin.Environment;
import io.github.dae4j.report.Section.ConfusionTable;
import io.github.dae4j.report.Section.Facts;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and charts have the digits 0 to 9 and a decimal point wherever they are made. */
class LocaleTest {

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR", "mr-IN", "th-TH-u-nu-thai", "de-DE"})
  void aPageIsTheSameInEveryLocale(String locale) {
    assertThat(in(locale, LocaleTest::html)).isEqualTo(in("en-US", LocaleTest::html));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "th-TH-u-nu-thai", "de-DE", "tr-TR"})
  void aChartIsTheSameInEveryLocale(String locale) {
    assertThat(Pixels.of(in(locale, LocaleTest::chart)))
        .isDeepEqualTo(Pixels.of(in("en-US", LocaleTest::chart)));
  }

  private static String html() {
    double[] values = {0.25, 1.5, 1234.5};
    Environment here = new Environment(Instant.EPOCH, "p", "17", "s", "1024 MB", "CPU");
    return new Page(
            "Title",
            here.ready(),
            List.of(
                Section.of(
                    "charts",
                    "Charts",
                    Chart.overEpochs("Loss", "nats", List.of(new Line("a", values)))
                        .figure()
                        .orElseThrow(),
                    Chart.histogram("Errors", "x", "y", values).figure().orElseThrow(),
                    new ConfusionTable(new int[][] {{3, 1}, {0, 2}}).tag(),
                    new Facts().add("share", "%.2f of %d", 0.5, 1000).list()),
                new Times().add("a", 3, 4000).add("b", 1.5).add("c", 75).section("note"),
                Environment.current("CPU").section()))
        .html();
  }

  private static BufferedImage chart() {
    return Chart.overEpochs("Loss", "nats", List.of(new Line("a", 0.25, 1.5, 2.75)))
        .image()
        .orElseThrow();
  }

  private static <T> T in(String locale, Supplier<T> made) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      return made.get();
    } finally {
      Locale.setDefault(before);
    }
  }
}
