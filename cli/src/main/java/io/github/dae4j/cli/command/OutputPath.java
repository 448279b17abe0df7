package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The rules for where results are written. */
final class OutputPath {

  private OutputPath() {}

  /**
   * Throws unless the name of a file that holds what its ending says has one of the endings; what
   * is there and no file, as a device, may have any name.
   */
  static void requireEnding(String parameter, Path file, String... endings) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean isOther = Files.exists(file) && !Files.isRegularFile(file);
    OptionException.require(
        parameter,
        "a name that ends with " + String.join(" or ", endings),
        isOther || List.of(endings).stream().anyMatch(name::endsWith),
        file.toString().isEmpty() ? "nothing" : file);
  }

  /** Whether a path, which need not be there yet, is a folder or in it, under whatever name. */
  static boolean isWithin(Path path, Path folder) {
    return real(path).startsWith(real(folder));
  }

  /** Without links, as far as it is there. */
  static Path real(Path path) {
    Path absolute = path.toAbsolutePath();
    try {
      return absolute.toRealPath();
    } catch (IOException e) { // it is not there, or a pipe
      Path parent = absolute.getParent();
      return parent == null ? absolute : real(parent).resolve(absolute.getFileName()).normalize();
    }
  }
}
