package io.github.dae4j.cli.config;

/** {@code true} or {@code false}, without quotes. */
final class FlagForm implements Form<Boolean> {

  @Override
  public Boolean read(Located at) {
    String text = at.plain();
    if (!("true".equals(text) || "false".equals(text))) {
      throw at.mustBe(rule());
    }
    return text.equals("true");
  }

  @Override
  public Object write(Boolean value) {
    return value;
  }

  @Override
  public String rule() {
    return "true or false";
  }
}
