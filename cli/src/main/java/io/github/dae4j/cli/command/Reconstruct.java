package io.github.dae4j.cli.command;

import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rows of numbers -> what the model makes of them, or how far that is from them. */
@Command(
    name = "reconstruct",
    sortOptions = false,
    description = "Reconstructs the rows of a CSV file, or measures the error.")
public final class Reconstruct implements Callable<Integer> {

  @Mixin private CsvArguments csv;

  @Option(
      names = "--errors",
      description = "Writes one column, the reconstruction error of each row, instead.")
  private boolean errors;

  @Override
  public Integer call() {
    Model loaded = csv.load();
    loaded.requireReconstruction();
    StackedDenoisingAutoEncoder stack = loaded.stack();
    csv.map(
        errors
            ? new CsvMap(
                loaded.nIn(), loaded.type(), stack::reconstructionError, unused -> List.of("error"))
            : new CsvMap(loaded.nIn(), loaded.type(), stack::reconstruct, names -> names));
    return 0;
  }
}
