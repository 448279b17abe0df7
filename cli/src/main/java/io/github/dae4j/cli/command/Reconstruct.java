package io.github.dae4j.cli.command;

import io.github.dae4j.cli.command.CsvArguments.KeepOption;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.table.TableModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rows -> what the model makes of them, or how far that is from them. */
@Command(
    name = "reconstruct",
    sortOptions = false,
    description = {
      "Reconstructs the rows of a CSV file, or pictures, or measures the error.",
      "Pictures become pictures in the folder OUT.csv, or rows of numbers if it ends with .csv; a single"
          + " picture also becomes one, if it ends with .png.",
      "Cells of a table come in its units and words; columns that are no inputs stay as they are.",
      CsvArguments.PICTURES
    })
public final class Reconstruct implements Callable<Integer> {

  @Mixin private CsvArguments csv;

  @Option(
      names = "--errors",
      description =
          "Writes one column, the error of each row, instead: of a table the score that 'score'"
              + " writes.")
  private boolean errors;

  @Override
  public Integer call() {
    Optional<TableModel> table = csv.table();
    if (table.isPresent()) {
      reconstruct(table.get());
    } else {
      reconstruct(csv.load());
    }
    return 0;
  }

  private void reconstruct(TableModel model) {
    if (!errors) {
      csv.map(
          model,
          (mapping, row) -> mapping.dialect().format(mapping.rows().reconstruct(row)),
          () -> "");
      return;
    }
    if (!model.hasDetector()) {
      throw new DataException("MODEL was trained without a detector, which --errors needs");
    }
    csv.map(
        model,
        new KeepOption(),
        List.of("error"),
        (mapping, row) ->
            mapping.line(row, List.of(mapping.number((float) mapping.rows().score(row).value()))),
        () -> "");
  }

  private void reconstruct(Model loaded) {
    loaded.requireReconstruction();
    StackedDenoisingAutoEncoder stack = loaded.stack();
    if (csv.hasPictures() && errors) {
      csv.mapPictures(
          loaded, List.of("error"), x -> CsvMap.texts(stack.reconstructionError(x)), () -> "");
      return;
    }
    if (csv.hasPictures()) {
      csv.mapToPictures(loaded, stack::reconstruct);
      return;
    }
    csv.map(
        errors
            ? new CsvMap(
                loaded.nIn(), loaded.type(), stack::reconstructionError, unused -> List.of("error"))
            : new CsvMap(loaded.nIn(), loaded.type(), stack::reconstruct, names -> names));
  }
}
