package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.experiment.ImageTiles;
import io.github.dae4j.cli.experiment.RunPictures.StackFilters;
import io.github.dae4j.datasets.ImageShape;
import io.github.dae4j.report.FilterTiles;
import io.github.dae4j.report.Png;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The filters of a layer as a picture. */
@Command(
    name = "filters",
    description = {
      "Draws the filters of a layer.",
      "Each is scaled to its full range. A filter of a layer above the first is drawn as the sum of the filters below it, weighted"
          + " by its weights."
    },
    sortOptions = false)
public final class Filters implements Callable<Integer> {

  @Mixin private ModelArgument model;

  @Parameters(index = "1", paramLabel = "OUT.png", description = "The picture.")
  private Path out;

  @Option(
      names = "--layer",
      paramLabel = "K",
      description = "Counted from 0; the lowest that has weights by default.")
  private Integer layer;

  @Option(
      names = "--tiles",
      paramLabel = "ROWSxCOLUMNS",
      defaultValue = "10x10",
      description = "How many filters, row by row (default: ${DEFAULT-VALUE}).")
  private String tiles;

  @Option(
      names = "--pixels",
      paramLabel = "HEIGHTxWIDTH",
      description = "The shape of an image, grey or in colour; a square unless it is given.")
  private String pixels;

  @Override
  public Integer call() {
    OutputName.require("OUT.png", out, ".png");
    int[] grid = OptionException.size("--tiles", tiles);
    int[] shape = pixels == null ? null : OptionException.size("--pixels", pixels);
    Model loaded = model.load();
    int top = loaded.stack().topLayer();
    StackFilters filters = new StackFilters(loaded.stack());
    int wanted = layer == null ? filters.layers().get(0) : layer;
    OptionException.require("--layer", "in [0, " + top + "]", wanted >= 0 && wanted <= top, layer);
    OptionException.require(
        "--layer", "one that has weights", filters.layers().contains(wanted), layer);
    int channels = 1;
    if (shape == null) {
      shape = square(loaded.nIn());
      if (shape[0] * shape[1] != loaded.nIn() && loaded.nIn() % 3 == 0) {
        shape = square(loaded.nIn() / 3);
        channels = 3;
      }
    } else if (3L * shape[0] * shape[1] == loaded.nIn()) {
      channels = 3;
    }
    OptionException.require(
        "--pixels",
        "HEIGHTxWIDTH of the model's input, " + loaded.nIn() + " in all",
        (long) channels * shape[0] * shape[1] == loaded.nIn(),
        pixels == null ? "nothing" : pixels);
    if (channels == 3) {
      ImageTiles colour = new ImageTiles(new ImageShape(shape[0], shape[1], 3), grid[1]);
      Png.write(colour.filters(filters.of(wanted), grid[0] * grid[1]), out);
      return 0;
    }
    FilterTiles picture = new FilterTiles(grid[0], grid[1], shape[0], shape[1]);
    Png.write(picture.image(filters.of(wanted)), out);
    return 0;
  }

  private static int[] square(int nIn) {
    int side = (int) Math.round(Math.sqrt(nIn));
    return new int[] {side, side};
  }
}
