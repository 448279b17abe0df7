package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.testing.Markup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  @Test
  void stagesOfOneNameAreAddedAndTheLastRowIsTheSum() {
    Times times = new Times().add("layer 0", 5, 90).add("drawing", 1.5).add("layer 0", 5, 10);
    assertThat(times.total()).isEqualTo(101.5);
    Markup table = Markup.of(times.section("note").tag().toString());
    assertThat(table.texts("th"))
        .containsExactly("", "epochs", "time", "per epoch", "layer 0", "drawing", "all");
    assertThat(table.texts("td"))
        .containsExactly("10", "1 min 40 s", "10.0 s", "", "1.5 s", "", "", "1 min 42 s", "");
  }

  @Test
  void withoutEpochsThereIsNoColumnOfThem() {
    Markup table = Markup.of(new Times().add("drawing", 1.5).section("note").tag().toString());
    assertThat(table.texts("th")).containsExactly("", "time", "drawing", "all");
    assertThat(table.texts("td")).containsExactly("1.5 s", "1.5 s");
  }

  @ParameterizedTest
  @CsvSource({"0.04, 0.0 s", "59.4, 59.4 s", "59.96, 1 min 0 s", "3599.7, 1 h 0 min"})
  void durationsAreReadByPeople(double seconds, String text) {
    assertThat(Times.duration(seconds)).isEqualTo(text);
  }
}
