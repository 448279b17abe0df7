package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.csv.CsvMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rows of numbers -> their codes. */
@Command(
    name = "encode",
    sortOptions = false,
    description = "Turns the rows of a CSV file into their codes.")
public final class Encode implements Callable<Integer> {

  @Mixin private CsvArguments csv;

  @Option(
      names = "--layer",
      paramLabel = "K",
      description = "The layer whose code is written, from 0; the top code's by default.")
  private Integer layer;

  @Override
  public Integer call() {
    Model loaded = csv.load();
    int top = loaded.stack().topLayer();
    int wanted = layer == null ? top : layer;
    OptionException.require("--layer", "in [0, " + top + "]", wanted >= 0 && wanted <= top, layer);
    csv.map(
        new CsvMap(
            loaded.nIn(),
            loaded.type(),
            x -> loaded.stack().encode(x, wanted),
            unused -> loaded.codeNames(wanted)));
    return 0;
  }
}
