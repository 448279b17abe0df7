package io.github.dae4j.cli.csv;

import io.github.dae4j.internal.file.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Where rows are written to: a file, whole or not at all, or standard output. */
public final class Output {

  /** Writes rows, and says how many. */
  @FunctionalInterface
  public interface Rows {
    long writeTo(OutputStream out) throws IOException;
  }

  private Output() {}

  /** Writes to {@link CsvMap#STANDARD} or a file, packed if its name ends with .gz. */
  public static long write(String to, Rows rows) throws IOException {
    if (to.equals(CsvMap.STANDARD)) {
      return rows.writeTo(System.out);
    }
    long[] count = new long[1];
    WholeFile.writeWithFolders(
        Path.of(to), out -> count[0] = to.endsWith(".gz") ? packed(rows, out) : rows.writeTo(out));
    return count[0];
  }

  private static long packed(Rows rows, OutputStream out) throws IOException {
    GZIPOutputStream packed = new GZIPOutputStream(out, 1 << 16); // not closed: it is another's
    long count = rows.writeTo(packed);
    packed.finish();
    return count;
  }

  /** Standard output does not say by itself that its reader has gone, as "| head" does. */
  public static void requireOpen(OutputStream out) throws IOException {
    if (out instanceof PrintStream standard && standard.checkError()) {
      throw new IOException("standard output cannot be written");
    }
  }
}
