package io.github.dae4j.cli.command;

import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
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

  @Mixin private CsvArguments csv;

  private final AtomicLong filled = new AtomicLong();

  @Override
  public Integer call() {
    TableModel model = csv.requireTable();
    csv.map(
        model,
        (mapping, row) -> mapping.dialect().format(counted(row, mapping.rows().impute(row))),
        () -> filled.get() + " cells filled");
    return 0;
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
