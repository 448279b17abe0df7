package io.github.dae4j.cli.csv;

import io.github.dae4j.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard input, unless whoever started the program has closed it. */
public final class StandardInput {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private StandardInput() {}

  /**
   * The bytes.
   *
   * @throws DataException if it is closed: its number then belongs to a file of Java's own, and to
   *     close that ends the process by a signal
   */
  public static InputStream open() {
    if (Files.isDirectory(DESCRIPTORS) && isClosed()) {
      throw new DataException("standard input is closed");
    }
    return System.in;
  }

  /** What messages call an input. */
  public static String name(String from) {
    return from.equals(CsvMap.STANDARD) ? "standard input" : from;
  }

  private static boolean isClosed() {
    try {
      Path file = DESCRIPTORS.resolve("0").toRealPath();
      return file.startsWith(Path.of(System.getProperty("java.home")).toRealPath())
          || file.toString().endsWith(".jar");
    } catch (IOException e) {
      return !Files.isSymbolicLink(DESCRIPTORS.resolve("0")); // a pipe has no real path
    }
  }
}
