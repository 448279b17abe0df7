package io.github.dae4j.stacked.config;

import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** What messages call the places in a text: name:line:column, both counted from 1. */
record Places(String name) implements Function<Optional<Mark>, String> {

  @Override
  public String apply(Optional<Mark> mark) {
    return mark.map(known -> at(known.getLine() + 1, known.getColumn() + 1)).orElse(name);
  }

  /** The place behind a beginning of the text. */
  String after(String beginning) {
    int line = 1 + (int) beginning.chars().filter(symbol -> symbol == '\n').count();
    return at(line, beginning.length() - beginning.lastIndexOf('\n'));
  }

  private String at(int line, int column) {
    return "%s:%d:%d".formatted(name, line, column);
  }
}
