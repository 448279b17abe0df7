package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.experiment.ImageTiles;
import io.github.dae4j.cli.experiment.ModelImages;
import io.github.dae4j.cli.experiment.RunPictures.StackFilters;
import io.github.dae4j.datasets.ImageShape;
import io.github.dae4j.report.FilterTiles;
import io.github.dae4j.report.Png;
import java.nio.file.Path;
import java.util.Optional;
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
      description =
          "The shape of an image, grey or in colour; by default that of the images that the model was trained"
              + " on, or a square if it does not say it.")
  private String pixels;

  @Override
  public Integer call() {
    OutputPath.requireEnding("OUT.png", out, ".png");
    int[] grid = OptionException.size("--tiles", tiles);
    Model loaded = model.load();
    int top = loaded.stack().topLayer();
    StackFilters filters = new StackFilters(loaded.stack());
    int wanted = layer == null ? filters.layers().get(0) : layer;
    OptionException.require("--layer", "in [0, " + top + "]", wanted >= 0 && wanted <= top, layer);
    OptionException.require(
        "--layer", "one that has weights", filters.layers().contains(wanted), layer);
    ImageShape shape = shape(loaded);
    if (shape.channels() == 3) {
      ImageTiles colour = new ImageTiles(shape, grid[1]);
      Png.write(colour.filters(filters.of(wanted), grid[0] * grid[1]), out);
      return 0;
    }
    FilterTiles picture = new FilterTiles(grid[0], grid[1], shape.height(), shape.width());
    Png.write(picture.image(filters.of(wanted)), out);
    return 0;
  }

  /** As --pixels says, or else the model; of a model that does not say it a square. */
  private ImageShape shape(Model loaded) {
    Optional<ModelImages> known = loaded.images();
    if (pixels == null && known.isPresent()) {
      return known.get().shape();
    }
    int nIn = loaded.nIn();
    int[] sides = pixels == null ? square(nIn) : OptionException.size("--pixels", pixels);
    int channels = 3L * sides[0] * sides[1] == nIn ? 3 : 1;
    OptionException.require(
        "--pixels",
        "HEIGHTxWIDTH of the model's input, " + nIn + " in all",
        (long) channels * sides[0] * sides[1] == nIn,
        pixels);
    return new ImageShape(sides[0], sides[1], channels);
  }

  private static int[] square(int nIn) {
    int grey = (int) Math.round(Math.sqrt(nIn));
    int colour = (int) Math.round(Math.sqrt(nIn / 3.0));
    int side = 3 * colour * colour == nIn ? colour : grey;
    return new int[] {side, side};
  }
}
