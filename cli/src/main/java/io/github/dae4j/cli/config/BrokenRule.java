package io.github.dae4j.cli.config;

/** A value that breaks a rule, by the path of its key from the record that found it. */
final class BrokenRule extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String rule;

  BrokenRule(String path, String rule) {
    this("", path, rule);
  }

  private BrokenRule(String owner, String path, String rule) {
    super(owner + path + " " + rule);
    this.path = path;
    this.rule = rule;
  }

  static void require(boolean holds, String path, String rule, Object value) {
    if (!holds) {
      throw new BrokenRule(path, "must be %s, got %s".formatted(rule, value));
    }
  }

  /** The same, with a message for those who made a record of this class. */
  BrokenRule in(Class<?> owner) {
    return new BrokenRule(owner.getSimpleName() + " ", path, rule);
  }

  String path() {
    return path;
  }

  /** The message without the key: "must be in [0, 1], got 1.5". */
  String rule() {
    return rule;
  }
}
