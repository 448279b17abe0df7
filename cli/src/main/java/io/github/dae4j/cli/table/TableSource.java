package io.github.dae4j.cli.table;

import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.cli.csv.StandardInput;
import io.github.dae4j.stacked.table.Table;
import java.nio.file.Path;
import java.util.List;

/** Opens the table that a configuration names. */
public final class TableSource {

  private TableSource() {}

  /** A table that is read as often as asked; a stream is held in memory. */
  public static Table open(TableData data) {
    if (data instanceof TableData.Query query) {
      return withMissing(Database.ofQuery(query.jdbc(), query.query()), data);
    }
    String file = ((TableData.File) data).table();
    if (Database.isNeededFor(file)) {
      return withMissing(Database.ofFile(file), data);
    }
    return TableInput.checked(
        file,
        () ->
            TableInput.isStream(file)
                ? Table.read(TableInput.stream(file), StandardInput.name(file), data.csv()).held()
                : Table.read(Path.of(file), data.csv()));
  }

  private static Table withMissing(Table table, TableData data) {
    List<String> words = data.csv().missing(); // as of CSV: without blanks around them
    return words == null ? table : table.withMissing(words.toArray(String[]::new));
  }
}
