package io.github.dae4j.cli.table;

import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.cli.csv.Output;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Turns the rows of one CSV file into those of another in the same dialect, some hundred at a time.
 *
 * @param header from the first line of the input to that of the output, if there is one
 * @param line from a row to a line of the output; null leaves it out
 * @param keepsLineBreaks whether each line is between the same breaks, empty lines included, as in
 *     the input; otherwise all have the dialect's
 * @param threads that work on rows
 */
public record TableMap(
    UnaryOperator<String> header,
    Function<Table.Row, String> line,
    boolean keepsLineBreaks,
    int threads) {

  private static final int ROWS_AT_ONCE = 512;

  /**
   * Maps them; a file is written whole or not at all.
   *
   * @return the number of rows read
   */
  public long map(TableInput input, String to, CsvMap.Watch watch) {
    try (TableInput.Rows rows = input.rows(watch)) {
      return Output.write(to, out -> map(rows, input.dialect(), to, out));
    } catch (TableException e) {
      throw new DataException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What cannot be encoded is said here: a file says of its errors that it cannot be written. */
  private long map(TableInput.Rows rows, Table.Dialect dialect, String to, OutputStream out)
      throws IOException {
    try {
      return map(rows, dialect, out);
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s: a result cannot be written in %s, the input's encoding; convert that to UTF-8"
              .formatted(
                  to.equals(CsvMap.STANDARD) ? "standard output" : to, dialect.encoding().name()),
          e);
    }
  }

  private long map(TableInput.Rows rows, Table.Dialect dialect, OutputStream out)
      throws IOException {
    Writer text =
        new BufferedWriter(new OutputStreamWriter(out, dialect.encoding().newEncoder()), 1 << 16);
    if (dialect.byteOrderMark()) {
      text.write('\uFEFF');
    }
    Lines lines = new Lines(text, dialect.lineEnd());
    if (rows.header() != null) {
      lines.add(rows.lineBreaksAtStart(), header.apply(rows.header()));
    }
    ForkJoinPool pool = threads > 1 ? new ForkJoinPool(threads) : null;
    try {
      long count = 0;
      while (rows.hasNext()) {
        List<Table.Row> batch = new ArrayList<>();
        while (batch.size() < ROWS_AT_ONCE && rows.hasNext()) {
          batch.add(rows.next());
        }
        count += batch.size();
        List<String> mapped = mapped(batch, pool);
        for (int i = 0; i < mapped.size(); i++) {
          lines.add(batch.get(i).lineBreaksBefore(), mapped.get(i));
        }
        Output.requireOpen(out);
      }
      lines.end(rows.lineBreaksAtEnd());
      Output.requireOpen(out);
      return count;
    } finally {
      if (pool != null) {
        pool.shutdownNow();
      }
    }
  }

  private List<String> mapped(List<Table.Row> batch, ForkJoinPool pool) {
    return pool == null
        ? batch.stream().map(line).toList()
        : pool.submit(() -> batch.parallelStream().map(line).toList()).join();
  }

  /** Lines with a break between two of them, and at the end as the input has it. */
  private final class Lines {

    private final Writer text;
    private final String lineEnd;
    private boolean isFirst = true;

    Lines(Writer text, String lineEnd) {
      this.text = text;
      this.lineEnd = lineEnd;
    }

    /**
     * Adds one that ends with the dialect's break; none if it is null.
     *
     * @param breaks of the input before it; null if they are not known
     */
    void add(String breaks, String line) throws IOException {
      if (line == null) {
        return;
      }
      boolean isKnown = keepsLineBreaks && breaks != null;
      text.write(isKnown ? breaks : isFirst ? "" : lineEnd);
      isFirst = false;
      text.write(line, 0, line.length() - lineEnd.length());
    }

    void end(String breaks) throws IOException {
      boolean isKnown = keepsLineBreaks && breaks != null;
      boolean hasBreak = !isFirst && (breaks == null || !breaks.isEmpty());
      text.write(isKnown ? breaks : hasBreak ? lineEnd : "");
      text.flush();
    }
  }
}
