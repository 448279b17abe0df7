package io.github.dae4j.cli.table;

import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.cli.csv.StandardInput;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.internal.file.Gzip;
import io.github.dae4j.stacked.table.CsvOptions;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableException;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/**
 * A CSV file, standard input or a pipe, whose rows are read once, as they were written.
 *
 * <p>All that is wrong with it is a {@link DataException} that names file and line.
 */
public final class TableInput {

  /** As rows of a query are written. */
  private static final Table.Dialect PLAIN =
      new Table.Dialect(',', '"', '.', true, StandardCharsets.UTF_8, false, false, "\n", List.of());

  private static final int HEAD = 1 << 20; // from which a dialect is found out

  /** How a thing that reads a table fails. */
  @FunctionalInterface
  public interface Reading<T> {
    T read() throws IOException;
  }

  private final Table table;
  private final InputStream rest;
  private final String file;

  private TableInput(Table table, InputStream rest, String file) {
    this.table = table;
    this.rest = rest;
    this.file = file;
  }

  /** Finds out how a file, or standard input, is written; or runs a query. */
  public static TableInput open(TableData data) {
    if (data instanceof TableData.File file && !Database.isNeededFor(file.table())) {
      return open(file.table(), data.csv());
    }
    return new TableInput(TableSource.open(data), null, null);
  }

  private static TableInput open(String from, CsvOptions options) {
    return checked(
        from,
        () -> {
          if (!isStream(from)) {
            return new TableInput(Table.read(Path.of(from), options), null, from);
          }
          InputStream in = Gzip.unpackedIfPacked(stream(from));
          byte[] head = in.readNBytes(HEAD);
          Table table =
              Table.read(new ByteArrayInputStream(head), StandardInput.name(from), options);
          InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
          return new TableInput(table, all, null);
        });
  }

  /** Whether it can be read but once: standard input, a FIFO or what {@code <(...)} stands for. */
  static boolean isStream(String from) {
    Path file = Path.of(from);
    return from.equals(CsvMap.STANDARD)
        || Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  /** Files.newInputStream would ask a pipe for its position. */
  static InputStream stream(String from) throws IOException {
    return from.equals(CsvMap.STANDARD) ? StandardInput.open() : new FileInputStream(from);
  }

  /** What reading gives; what is wrong with a table or its file becomes a DataException. */
  public static <T> T checked(String from, Reading<T> reading) {
    try {
      return reading.read();
    } catch (TableException e) {
      throw new DataException(e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new DataException(from + ": no such file, or it cannot be read", e);
    } catch (ZipException e) {
      throw new DataException(
          "%s: is a damaged gzip file: %s".formatted(StandardInput.name(from), e.getMessage()), e);
    } catch (IOException e) {
      throw new DataException(StandardInput.name(from) + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Names and dialect; its rows are those of {@link #rows}. */
  public Table table() {
    return table;
  }

  public Table.Dialect dialect() {
    return table.dialect().orElse(PLAIN);
  }

  /** All records as they were written, the header too; they can be read once. */
  public Rows rows(CsvMap.Watch watch) {
    return checked(table.name(), () -> new Rows(this, watch));
  }

  private InputStream bytes(CsvMap.Watch watch) throws IOException {
    return file == null
        ? watch.on(rest, -1)
        : watch.on(Files.newInputStream(Path.of(file)), Files.size(Path.of(file)));
  }

  /** The rows, after the header. */
  public static final class Rows implements AutoCloseable {

    private final Table.Rows rows;
    private final String header;
    private final String start;
    private final String name;

    private Rows(TableInput input, CsvMap.Watch watch) throws IOException {
      Table.Dialect dialect = input.dialect();
      name = input.table.name();
      if (input.table.dialect().isEmpty()) {
        rows = input.table.rows();
        start = "";
        header = dialect.format(input.table.columns());
        return;
      }
      InputStream bytes = input.bytes(watch);
      try {
        InputStream text = dialect.gzip() ? Gzip.unpacked(bytes) : bytes;
        CsvOptions found =
            new CsvOptions(
                dialect.separator(),
                dialect.quote(),
                dialect.decimal(),
                false,
                input.table.missing(),
                dialect.encoding());
        rows = Table.read(text, name, found).rows();
        Table.Row first = dialect.header() && rows.hasNext() ? rows.next() : null;
        header = first == null ? null : dialect.format(first);
        start = first == null ? "" : first.lineBreaksBefore();
      } catch (IOException | RuntimeException e) {
        bytes.close();
        throw e;
      }
    }

    /** The first line, with its quotes; null if the file has none. */
    public String header() {
      return header;
    }

    public boolean hasNext() {
      return checked(name, rows::hasNext);
    }

    public Table.Row next() {
      return rows.next();
    }

    /** What stood before the first line: empty lines; nothing as a rule. */
    public String lineBreaksAtStart() {
      return start;
    }

    /** What stands after the last line, once that was read: a line break, or none. */
    public String lineBreaksAtEnd() {
      return rows.lineBreaksAtEnd();
    }

    @Override
    public void close() {
      try {
        rows.close();
      } catch (UncheckedIOException e) {
        throw new DataException(name + ": " + e.getMessage(), e);
      }
    }
  }
}
