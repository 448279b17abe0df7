package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.OptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The rule for the name of a file that holds what its ending says. */
final class OutputName {

  private OutputName() {}

  /**
   * Throws unless the name has one of the endings; what is there and no file, as a device, may have
   * any name.
   */
  static void require(String parameter, Path file, String... endings) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean isOther = Files.exists(file) && !Files.isRegularFile(file);
    OptionException.require(
        parameter,
        "a name that ends with " + String.join(" or ", endings),
        isOther || List.of(endings).stream().anyMatch(name::endsWith),
        file.toString().isEmpty() ? "nothing" : file);
  }
}
