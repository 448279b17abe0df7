package io.github.dae4j.cli.csv;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Standard output that knows why it cannot be written: a reader that has gone, as "| head" does, is
 * no error, a full disk is one.
 */
public final class StandardOutput extends FilterOutputStream {

  /** As shells have it of a program that wrote to a closed pipe: 128 + the signal's number. */
  public static final int CLOSED = 141;

  private static final Charset CHARSET =
      Charset.forName(
          System.getProperty(
              "stdout.encoding", // Java 19 on
              System.getProperty("sun.stdout.encoding", Charset.defaultCharset().name())));
  private static final Path LINK = Path.of("/proc/self/fd/1");
  private static volatile boolean isClosed;

  private StandardOutput(OutputStream out) {
    super(out);
  }

  /** From now on {@code System.out} is one. */
  public static void install() {
    System.setOut(
        new PrintStream(
            new StandardOutput(new FileOutputStream(FileDescriptor.out)), false, CHARSET));
  }

  /** Whether its reader has gone. */
  public static boolean isClosed() {
    return isClosed;
  }

  @Override
  public void write(int mark) throws IOException {
    write(new byte[] {(byte) mark}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      isClosed |= isOfClosedPipe(e);
      throw e;
    }
  }

  /** The system's words for it may be in any language; nothing else goes wrong with a pipe. */
  private static boolean isOfClosedPipe(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("broken pipe") || message.contains("pipe is being closed") || isPipe();
  }

  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(LINK).toString().matches("(pipe|socket):.*");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
