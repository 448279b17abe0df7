package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.testing.Markup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</pre></style><img src=x onerror=alert(1)>",
        "\" onload=\"alert(1)",
        "' & &amp; &lt; ]]> <!-- -->",
        "tabs\tand\nlines",
        "\u4e09 \ud83d\ude00"
      })
  void anyTextIsATextAndNothingElse(String text) {
    Markup markup = Markup.of(Tag.of("p", text).with("title", text).toString());
    assertThat(markup.all("*")).hasSize(1);
    assertThat(markup.texts("p")).containsExactly(text);
    assertThat(markup.all("p").get(0).getAttributes().getLength()).isEqualTo(1);
    assertThat(markup.values("p", "title").get(0)).isEqualToNormalizingWhitespace(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u001b", "\u0085", "\ud800", "\udc00", "\uffff"})
  void whatNoDocumentMayHoldIsReplaced(String text) {
    assertThat(Tag.of("p", "a" + text + "b")).hasToString("<p>a\ufffdb</p>");
  }

  @Test
  void elementsStandInTheOrderInWhichTheyAreAdded() {
    assertThat(
            Tag.of("p", "1 ")
                .add(Tag.of("b", "2"), Tag.of("img").with("alt", "3"))
                .add(" < 4")
                .with("id", "x"))
        .hasToString("<p id=\"x\">1 <b>2</b><img alt=\"3\"/> &lt; 4</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a>", "1", "onload=x"})
  void namesAreNames(String name) {
    assertThatThrownBy(() -> Tag.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Tag name must match ")
        .hasMessageEndingWith(", got " + name);
    assertThatThrownBy(() -> Tag.of("p").with(name, "x"))
        .hasMessageStartingWith("Tag name must match ");
  }
}
