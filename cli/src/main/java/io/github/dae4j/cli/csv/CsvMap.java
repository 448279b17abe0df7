package io.github.dae4j.cli.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.internal.file.Gzip;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns the rows of one CSV file into those of another, some hundred at a time: the second has a
 * header if the first has one, and numbers that read back to the same bits.
 *
 * @param columns of the input
 * @param type of the numbers
 * @param rows [n, columns] -> [n, columns of the output], or [n] for one column
 * @param header the names of the output's columns, from those of the input
 * @param hasHeader whether the input's first line is a header; null if that is to be found out
 * @param said is told what was found out that a person may want to correct
 */
public record CsvMap(
    int columns,
    DataType type,
    UnaryOperator<INDArray> rows,
    UnaryOperator<List<String>> header,
    Boolean hasHeader,
    Consumer<String> said) {

  /** A map that finds out by itself whether there is a header. */
  public CsvMap(
      int columns,
      DataType type,
      UnaryOperator<INDArray> rows,
      UnaryOperator<List<String>> header) {
    this(columns, type, rows, header, null, unused -> {});
  }

  /** The same map where it is known, or null, whether there is a header. */
  public CsvMap withHeader(Boolean hasHeader, Consumer<String> said) {
    return new CsvMap(columns, type, rows, header, hasHeader, said);
  }

  /** In place of a file: standard input, or standard output. */
  public static final String STANDARD = "-";

  private static final int ROWS_AT_ONCE = 256;

  /** How the bytes of the input are read, so that progress can be shown. */
  @FunctionalInterface
  public interface Watch {
    InputStream on(InputStream bytes, long total);
  }

  /**
   * Maps a file to a file, which is written whole or not at all unless it is {@link #STANDARD}.
   *
   * @return the number of rows
   * @throws DataException if the input is not there, or is not what the model takes
   * @throws java.io.UncheckedIOException if the output cannot be written
   */
  public long map(String from, String to, Watch watch) {
    try (InputStream bytes = open(from, watch);
        NumberRows input =
            new NumberRows(StandardInput.name(from), text(from, bytes), columns, hasHeader, said)) {
      return Output.write(to, out -> map(input, out));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private long map(NumberRows input, OutputStream out) throws IOException {
    CsvWriter writer = // not closed: the stream is another's
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    if (input.header().isPresent()) {
      writer.writeRecord(header.apply(input.header().get()));
    }
    long count = 0;
    while (input.hasNext()) {
      INDArray result = mapped(input);
      texts(result.castTo(type)).forEach(writer::writeRecord);
      count += result.size(0);
      Output.requireOpen(out);
    }
    if (count == 0) {
      throw new DataException(input.name() + ": must have a row, got none");
    }
    writer.flush();
    Output.requireOpen(out);
    return count;
  }

  private INDArray mapped(NumberRows input) {
    long line = input.line();
    INDArray numbers = input.next(ROWS_AT_ONCE, type);
    try {
      return rows.apply(numbers);
    } catch (IllegalArgumentException
        | DL4JInvalidInputException e) { // numbers that the model does not take
      throw new DataException(
          "%s: among the %d rows from line %d on: %s"
              .formatted(input.name(), numbers.size(0), line, e.getMessage()),
          e);
    }
  }

  /** The shortest texts, about, that mean these numbers, [n, columns] or [n]. */
  public static List<List<String>> texts(INDArray numbers) {
    long n = numbers.size(0);
    INDArray rows = numbers.reshape(n, numbers.length() / n);
    return rows.dataType() == DataType.DOUBLE
        ? Arrays.stream(rows.toDoubleMatrix())
            .map(row -> Arrays.stream(row).mapToObj(Double::toString).toList())
            .toList()
        : Arrays.stream(rows.toFloatMatrix()).map(CsvMap::texts).toList();
  }

  private static List<String> texts(float[] row) {
    List<String> texts = new ArrayList<>(row.length);
    for (float number : row) {
      texts.add(Float.toString(number));
    }
    return texts;
  }

  private static InputStream open(String from, Watch watch) throws IOException {
    if (from.equals(STANDARD)) {
      return watch.on(StandardInput.open(), -1);
    }
    Path file = Path.of(from);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new DataException(from + ": no such file, or it cannot be read");
    }
    return watch.on(new FileInputStream(from), Files.size(file)); // of a pipe, too
  }

  private static BufferedReader text(String from, InputStream bytes) {
    try {
      return text(bytes);
    } catch (IOException e) {
      throw NumberRows.damaged(StandardInput.name(from), e);
    }
  }

  private static BufferedReader text(InputStream bytes) throws IOException {
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(Gzip.unpackedIfPacked(bytes), StandardCharsets.UTF_8), 1 << 16);
    text.mark(1);
    if (text.read() != '\uFEFF') { // the mark that some programs put before UTF-8
      text.reset();
    }
    return text;
  }
}
