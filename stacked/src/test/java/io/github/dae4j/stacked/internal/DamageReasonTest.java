package io.github.dae4j.stacked.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One line for a person, whatever a file holds. */
class DamageReasonTest {

  private record Percent(int value) {
    Percent {
      if (value > 100) {
        throw new IllegalArgumentException("Percent must be at most 100, got " + value);
      }
      Objects.checkIndex(value, 101);
    }
  }

  @Test
  void textOfTheFileIsEscapedAndCut() {
    assertThat(DamageReason.of(new IOException("an entry \u001b[31m\nx\u202e")))
        .isEqualTo("an entry \\u001b[31m\\u000ax\\u202e");
    assertThat(DamageReason.of(new IOException("x".repeat(1000)))).hasSize(203).endsWith("x...");
  }

  @Test
  void namesOfJavaAreSimpleOnes() {
    assertThat(DamageReason.of(new IOException("type `java.util.ArrayList<java.lang.String>`")))
        .isEqualTo("type `ArrayList<String>`");
    assertThat(DamageReason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void jsonIsNamedByItsLineAndRulesByThemselves() {
    assertThat(reason("{\"value\":\n\n 1x}"))
        .startsWith("line 3 of its JSON: Unexpected character");
    assertThat(reason("{\"value\": 101}")).isEqualTo("Percent must be at most 100, got 101");
    assertThat(reason("{\"other\": 1}"))
        .startsWith("Unrecognized field \"other\"")
        .doesNotContain("io.github", "\n");
  }

  @Test
  void codeOfOursIsNotNamed() {
    for (Exception fault :
        List.of(
            new NullPointerException("Cannot invoke \"java.util.List.size()\""),
            new IndexOutOfBoundsException("Index -476 out of bounds for length 120"))) {
      assertThat(DamageReason.of(fault)).isEqualTo("its parts do not fit together");
    }
    assertThat(reason("{\"value\": -1}")).isEqualTo("its parts do not fit together");
  }

  private static String reason(String json) {
    try {
      return "no fault: " + new JsonMapper().readValue(json, Percent.class);
    } catch (JsonProcessingException e) {
      return DamageReason.of(e);
    }
  }
}
