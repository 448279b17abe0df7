package io.github.dae4j.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes its first argument to the file that the second names; {@code WAIT} never finishes. */
final class WritingProcess {

  static final String WAIT = "WAIT";

  private WritingProcess() {}

  public static void main(String[] arguments) throws IOException {
    WholeFile.write(
        Path.of(arguments[1]),
        out -> {
          out.write(arguments[0].getBytes(StandardCharsets.UTF_8));
          if (arguments[0].equals(WAIT)) {
            System.out.println("waiting");
            sleep();
          }
        });
  }

  /** The command of a shell, to be followed by the file's name. */
  static String command(String text) {
    return "'%s' -cp '%s:%s' %s %s"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            home(WholeFile.class),
            home(WritingProcess.class),
            WritingProcess.class.getName(),
            text);
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
