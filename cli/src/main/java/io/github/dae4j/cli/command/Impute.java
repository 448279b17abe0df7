package io.github.dae4j.cli.command;

import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import io.github.dae4j.stacked.table.TableProfile;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Rows -> the same with their missing cells filled. */
@Command(
    name = "impute",
    sortOptions = false,
    description = {
      "Fills the missing cells of a table.",
      "Only missing cells of columns that the model knows change; all else stays byte for byte."
    })
public final class Impute implements Callable<Integer> {

  private static final int MOST_NAMES = 5;

  @Mixin private CsvArguments csv;

  private final AtomicLong filled = new AtomicLong();

  @Override
  public Integer call() {
    TableModel model = csv.requireTable();
    csv.map(
        model,
        (mapping, row) -> mapping.dialect().format(counted(row, mapping.rows().impute(row))),
        () -> filled.get() + " cells filled" + others(model));
    return 0;
  }

  /** Columns whose holes stay, so that nobody takes the file for a full one. */
  private static String others(TableModel model) {
    List<String> names =
        model.columns().stream()
            .filter(column -> column.input().isEmpty())
            .map(TableProfile.ColumnGuess::name)
            .toList();
    List<String> shown = names.subList(0, Math.min(MOST_NAMES, names.size()));
    return names.isEmpty()
        ? ""
        : "; no inputs, and never filled: %s%s"
            .formatted(
                String.join(", ", shown),
                names.size() == shown.size()
                    ? ""
                    : " and %d more".formatted(names.size() - shown.size()));
  }

  private Table.Row counted(Table.Row row, Table.Row full) {
    for (int column = 0; column < row.size(); column++) {
      if (row.cell(column) != full.cell(column)) {
        filled.incrementAndGet();
      }
    }
    return full;
  }
}
