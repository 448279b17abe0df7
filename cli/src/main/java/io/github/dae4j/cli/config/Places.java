package io.github.dae4j.cli.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * What messages call the places in a text.
 *
 * @param name of the text
 * @param hasLines whether line and column follow, both counted from 1: name:line:column
 */
record Places(String name, boolean hasLines) {

  String of(Optional<Mark> mark) {
    return mark.map(known -> at(known.getLine() + 1, known.getColumn() + 1)).orElse(name);
  }

  /** The place behind a beginning of the text. */
  String after(String beginning) {
    int line = 1 + (int) beginning.chars().filter(symbol -> symbol == '\n').count();
    int column = beginning.length() - beginning.lastIndexOf('\n');
    return at(line, column);
  }

  private String at(int line, int column) {
    return hasLines ? "%s:%d:%d".formatted(name, line, column) : name;
  }
}
