package io.github.dae4j.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A path of a file or directory. */
final class PathForm implements Form<Path> {

  @Override
  public Path read(Located at) {
    String text = at.text();
    if (text == null || text.isBlank()) {
      throw at.mustBe(rule());
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw at.mustBe(rule());
    }
  }

  @Override
  public Object write(Path value) {
    return value.toString();
  }

  @Override
  public String rule() {
    return "a path";
  }
}
