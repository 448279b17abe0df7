package io.github.dae4j.cli.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifiers;
import io.github.dae4j.datasets.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The rows of a CSV file of finite numbers, read as they are asked for. A first row without any
 * number is a header; empty lines are passed over.
 *
 * <p>All that is wrong with the text is a {@link DataException} that names file, line and column:
 * {@code in.csv:3: column 2 must be a finite number, got 'x'}.
 */
public final class NumberRows implements Closeable {

  private static final int MAX_COLUMNS = 1 << 20; // so many are counted before they are too many
  private static final Pattern DECIMAL = Pattern.compile("[-+.0-9eE]+");

  private final String name;
  private final int columns;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<String> header;
  private CsvRecord next;

  /**
   * Reads as far as the first row.
   *
   * @param name of the file, for messages
   * @param columns that each row must have
   */
  public NumberRows(String name, Reader text, int columns) {
    this(name, text, columns, null, unused -> {});
  }

  /**
   * Reads as far as the first row.
   *
   * @param hasHeader null if that is to be found out
   * @param said is told of a first line of numbers that is taken for a header
   */
  NumberRows(String name, Reader text, int columns, Boolean hasHeader, Consumer<String> said) {
    this.name = name;
    this.columns = columns;
    reader =
        CsvReader.builder()
            .trimWhitespacesAroundQuotes(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // counted here
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(
                CsvRecordHandler.of(
                    handler -> handler.maxFields(MAX_COLUMNS).fieldModifier(FieldModifiers.TRIM)),
                text);
    records = reader.iterator();
    advance();
    boolean counts = hasHeader == null && next != null && counts(next);
    boolean isThere = hasHeader == null ? counts || next != null && isHeader(next) : hasHeader;
    header = next != null && isThere ? List.copyOf(next.getFields()) : null;
    if (counts) {
      said.accept(
          "%s:1: counts %s, %s, ... and is taken for a header; --header no takes it for a row"
              .formatted(name, header.get(0), header.get(1)));
    }
    if (header != null) {
      requireColumns();
      advance();
    }
  }

  String name() {
    return name;
  }

  /** The names of the columns, if the file has them. */
  public Optional<List<String>> header() {
    return Optional.ofNullable(header);
  }

  /** The line on which the next row begins, counted from 1. */
  public long line() {
    return next.getStartingLineNumber();
  }

  /** Whether there is another row. */
  public boolean hasNext() {
    return next != null;
  }

  /** The next rows, at most {@code count}: [rows, columns] of this type, while there are any. */
  public INDArray next(int count, DataType type) {
    List<double[]> rows = new ArrayList<>();
    while (hasNext() && rows.size() < count) {
      rows.add(numbers(type));
      advance();
    }
    return Nd4j.create(rows.toArray(double[][]::new)).castTo(type);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private void advance() {
    try {
      next = records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) { // a quote out of place
      throw new DataException("%s: must be CSV: %s".formatted(name, e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw damaged(name, e.getCause());
    }
  }

  /** Of a packed file that is damaged; what else goes wrong is the system's. */
  static RuntimeException damaged(String name, IOException e) {
    return e instanceof ZipException
        ? new DataException("%s: is a damaged gzip file: %s".formatted(name, e.getMessage()), e)
        : new UncheckedIOException("%s: %s".formatted(name, e.getMessage()), e);
  }

  private double[] numbers(DataType type) {
    requireColumns();
    double[] numbers = new double[columns];
    for (int column = 0; column < columns; column++) {
      numbers[column] = number(next.getField(column), type);
      if (!Double.isFinite(numbers[column])) {
        throw new DataException(
            "%s:%s: column %s must be a finite number, got '%s'"
                .formatted(
                    name,
                    next.getStartingLineNumber(),
                    column + 1,
                    shortened(next.getField(column))));
      }
    }
    return numbers;
  }

  private void requireColumns() {
    if (next.getFieldCount() != columns) {
      throw new DataException(
          "%s:%s: must have %s columns, the model's input, got %s"
              .formatted(name, next.getStartingLineNumber(), columns, next.getFieldCount()));
    }
  }

  /** As the type holds it: a float is rounded once, from the text; NaN if it is no number. */
  private static double number(String text, DataType type) {
    try {
      if (!DECIMAL.matcher(text).matches()) {
        return Double.NaN;
      }
      return type == DataType.DOUBLE ? Double.parseDouble(text) : Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean isHeader(CsvRecord first) {
    return first.getFields().stream().noneMatch(text -> text.isEmpty() || isNumber(text));
  }

  /** Whole numbers from 0 or 1 on, three of them or more, as programs number their columns. */
  private static boolean counts(CsvRecord first) {
    List<String> cells = first.getFields();
    if (cells.size() < 3 || !List.of("0", "1").contains(cells.get(0))) {
      return false;
    }
    int from = Integer.parseInt(cells.get(0));
    for (int column = 1; column < cells.size(); column++) {
      if (!cells.get(column).equals(Integer.toString(from + column))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text); // NaN and infinity too: bad numbers are no header
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
