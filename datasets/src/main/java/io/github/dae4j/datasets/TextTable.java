package io.github.dae4j.datasets;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.dae4j.stacked.table.Column;
import io.github.dae4j.stacked.table.TableSchema;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A CSV file with a header, as text.
 *
 * @param name of the file, for messages
 * @param header the names of the columns
 * @param rows as many cells each as there are columns
 */
public record TextTable(String name, List<String> header, List<List<String>> rows) {

  /**
   * Reads a whole file; empty lines are passed over.
   *
   * @throws DataException naming file and line of what is not CSV, or has another number of cells
   */
  public static TextTable read(String name, Reader text) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().allowUnclosedQuote(false).ofCsvRecord(text)) {
      List<List<String>> records = reader.stream().map(CsvRecord::getFields).toList();
      if (records.size() < 2) {
        throw new DataException(name + ": must have a header and rows");
      }
      return new TextTable(name, records.get(0), records.subList(1, records.size()));
    } catch (CsvParseException e) {
      throw new DataException("%s: must be CSV: %s".formatted(name, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  /** The cells of a column. */
  public List<String> column(String column) {
    int index = index(column);
    return rows.stream().map(row -> row.get(index)).toList();
  }

  /** The rows with the cells of a schema's columns, in its order. */
  public List<List<String>> rows(TableSchema schema) {
    List<Integer> indices = schema.columns().stream().map(Column::name).map(this::index).toList();
    return rows.stream().map(row -> indices.stream().map(row::get).toList()).toList();
  }

  private int index(String column) {
    int index = header.indexOf(column);
    if (index < 0) {
      throw new DataException(
          "%s: must have a column '%s', got %s".formatted(name, column, header));
    }
    return index;
  }
}
