package io.github.dae4j.cli.command;

import io.github.dae4j.cli.command.CsvArguments.KeepOption;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.stacked.table.TableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rows -> their codes. */
@Command(
    name = "encode",
    sortOptions = false,
    description = {
      "Turns the rows of a CSV file, or pictures, into their codes.",
      CsvArguments.PICTURES
    })
public final class Encode implements Callable<Integer> {

  @Mixin private CsvArguments csv;
  @Mixin private KeepOption keep;

  @Option(
      names = "--layer",
      paramLabel = "K",
      description = "The layer whose code is written, from 0; the top code's by default.")
  private Integer layer;

  @Override
  public Integer call() {
    Optional<TableModel> table = csv.table();
    if (table.isPresent()) {
      encode(table.get());
    } else {
      encode(csv.load());
    }
    return 0;
  }

  private void encode(TableModel model) {
    OptionException.require(
        "--layer", "0 of a model of a table", layer == null || layer == 0, layer);
    csv.map(
        model,
        keep,
        IntStream.range(0, model.codeLength()).mapToObj(i -> "code" + i).toList(),
        (mapping, row) -> {
          List<String> cells = new ArrayList<>();
          for (float unit : mapping.rows().encode(row)) {
            cells.add(mapping.number(unit));
          }
          return mapping.line(row, cells);
        },
        () -> "");
  }

  private void encode(Model loaded) {
    OptionException.require(
        "--keep",
        "left out unless the model is of a table",
        keep.columns().isEmpty(),
        keep.columns());
    int top = loaded.stack().topLayer();
    int wanted = layer == null ? top : layer;
    OptionException.require("--layer", "in [0, " + top + "]", wanted >= 0 && wanted <= top, layer);
    if (csv.hasPictures()) {
      csv.mapPictures(
          loaded,
          loaded.codeNames(wanted),
          x -> CsvMap.texts(loaded.stack().encode(x, wanted)),
          () -> "");
      return;
    }
    csv.map(
        new CsvMap(
            loaded.nIn(),
            loaded.type(),
            x -> loaded.stack().encode(x, wanted),
            unused -> loaded.codeNames(wanted)));
  }
}
