package io.github.dae4j.cli.experiment;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ImageShape;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.report.FilterTiles;
import io.github.dae4j.report.Png;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a trained stack looks like.
 *
 * @param filters of each layer, from the bottom to the top
 * @param clean images of the test
 * @param corrupted the same as the bottom layer saw such images in training
 * @param reconstructed those by the whole stack
 * @param examples the three one below the other
 */
public record RunPictures(
    List<Filters> filters,
    BufferedImage clean,
    BufferedImage corrupted,
    BufferedImage reconstructed,
    BufferedImage examples) {

  private static final int SHOWN_IMAGES = 10;
  private static final int MOST_FILTERS = 100;
  private static final int COLUMNS = 10;
  private static final int MAGNIFICATION = 2;
  private static final String WEIGHTED_SUM =
      "Each is the sum of the filters of the layer below, weighted by its own weights (Lee et al."
          + " 2008).";

  /** The first filters of a layer that has so many units. */
  public record Filters(int layer, int units, BufferedImage image) {

    static Filters of(StackFilters filters, int layer, ImageShape shape) {
      INDArray weights = filters.of(layer);
      int units = (int) weights.size(1);
      if (!isGreySquare(shape)) {
        return new Filters(
            layer, units, new ImageTiles(shape, COLUMNS).filters(weights, MOST_FILTERS));
      }
      FilterTiles tiles = FilterTiles.square(weights.size(0));
      int shown = Math.min(units, MOST_FILTERS);
      return new Filters(
          layer,
          units,
          new FilterTiles(
                  (shown + COLUMNS - 1) / COLUMNS,
                  Math.min(shown, COLUMNS),
                  tiles.height(),
                  tiles.width())
              .image(weights));
    }

    public Tag tag() {
      return tag("Layer " + layer);
    }

    public Tag tag(String heading) {
      String caption = extent() + ", each scaled to its full range.";
      return new Picture(image, heading, layer == 0 ? caption : caption + " " + WEIGHTED_SUM).tag();
    }

    /** Which of them are drawn: "All 50" or "The first 100 of 500". */
    private String extent() {
      return units <= MOST_FILTERS
          ? "All " + units
          : "The first %d of %d".formatted(MOST_FILTERS, units);
    }
  }

  /**
   * Draws them.
   *
   * @param test the first of its images are shown
   * @param seed of their corruption
   */
  public static RunPictures of(
      StackedDenoisingAutoEncoder stack, Corruption corruption, ImageSet test, long seed) {
    INDArray images = test.first(Math.min(SHOWN_IMAGES, test.size())).images();
    INDArray corrupted =
        corruption
            .corrupt(images, Nd4j.getRandomFactory().getNewRandomInstance(seed), 0, 0)
            .values();
    INDArray reconstructed = stack.reconstruct(corrupted);
    StackFilters filters = new StackFilters(stack);
    List<Filters> pictures =
        filters.layers().stream().map(layer -> Filters.of(filters, layer, test.shape())).toList();
    if (!isGreySquare(test.shape())) {
      ImageTiles tiles = new ImageTiles(test.shape(), (int) images.size(0));
      return new RunPictures(
          pictures,
          tiles.images(images),
          tiles.images(corrupted),
          tiles.images(reconstructed),
          tiles.images(Nd4j.vstack(images, corrupted, reconstructed)));
    }
    FilterTiles shape = FilterTiles.square(images.size(1));
    ExampleRows rows = new ExampleRows((int) images.size(0), shape.height(), shape.width());
    return new RunPictures(
        pictures,
        rows.row(images),
        rows.row(corrupted),
        rows.row(reconstructed),
        rows.image(images, corrupted, reconstructed, MAGNIFICATION));
  }

  private static boolean isGreySquare(ImageShape shape) {
    return shape.channels() == 1 && shape.height() == shape.width();
  }

  /** Them in a page, with what is to be known about them. */
  public List<Section> sections() {
    return List.of(
        Section.of("filters", "Filters", Tag.figures(filters.stream().map(Filters::tag).toList())),
        Section.of(
            "reconstructions",
            "Reconstructions",
            Tag.rows(
                new Picture(clean, "Clean", "").tag(),
                new Picture(corrupted, "Corrupted", "").tag(),
                new Picture(reconstructed, "Reconstructed", "").tag()),
            Tag.note(
                "The first test images, the same corrupted as in the bottom layer's training, and their"
                    + " reconstructions by the trained stack.")));
  }

  /** Writes the filters alone. */
  public void writeFilters(RunFiles directory) {
    filters.forEach(layer -> Png.write(layer.image(), directory.filters(layer.layer())));
  }

  /** Writes them as PNG files. */
  public void write(RunFiles directory) {
    writeFilters(directory);
    Png.write(examples, directory.examples());
  }

  /**
   * The filters of a stack as its input sees them: those of a layer above the first are the filters
   * of the layer below, weighted by the layer's weights and added up (Lee et al. 2008).
   */
  public record StackFilters(StackedDenoisingAutoEncoder stack) {

    /** The indices of the layers that have filters, up to the top code's. */
    public List<Integer> layers() {
      return IntStream.rangeClosed(0, stack.topLayer())
          .filter(k -> weights(k) != null)
          .boxed()
          .toList();
    }

    /** W0 W1 ... Wk: [nIn, nOut of the layer]. */
    public INDArray of(int layer) {
      INDArray filters = null;
      for (int k = 0; k <= layer; k++) {
        if (weights(k) != null) { // not a dropout layer
          filters = filters == null ? weights(k) : filters.mmul(weights(k));
        }
      }
      return filters;
    }

    private INDArray weights(int layer) {
      return stack.network().paramTable().get(layer + "_W"); // getParam throws where there are none
    }
  }
}
