package io.github.dae4j.stacked.config;

/** A value that breaks a rule, by the path of its key from the record that found it. */
final class BrokenRule extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String rule;

  BrokenRule(String path, String rule) {
    super(path + " " + rule);
    this.path = path;
    this.rule = rule;
  }

  static void require(boolean holds, String path, String rule, Object value) {
    if (!holds) {
      throw new BrokenRule(path, "must be %s, got %s".formatted(rule, value));
    }
  }

  String path() {
    return path;
  }

  /** The message without the key: "must be in [0, 1], got 1.5". */
  String rule() {
    return rule;
  }
}
