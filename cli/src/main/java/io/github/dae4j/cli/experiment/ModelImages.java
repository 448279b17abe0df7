package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.DataException;
import io.github.dae4j.datasets.ImageShape;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model's file says of the images that the model was trained on, as its properties.
 *
 * @param classes in the order of its output, empty if there are none
 * @param usual scores of usual images in ascending order, as {@link ImageAnomalies} has them; empty
 *     if it cannot reconstruct
 */
public record ModelImages(ImageShape shape, List<String> classes, List<Double> usual) {

  private static final String HEIGHT = "image.height";
  private static final String WIDTH = "image.width";
  private static final String CHANNELS = "image.channels";
  private static final String CLASS = "class.";
  private static final String USUAL = "score.quantiles";

  public ModelImages {
    classes = List.copyOf(classes);
    usual = List.copyOf(usual);
    for (int i = 0; i < usual.size(); i++) {
      if (!(Double.isFinite(usual.get(i)) && (i == 0 || usual.get(i) >= usual.get(i - 1)))) {
        throw new IllegalArgumentException(
            USUAL + " must be finite numbers in ascending order, got " + usual.get(i));
      }
    }
  }

  /** Of the images that a model was trained on. */
  static ModelImages of(StackedDenoisingAutoEncoder trained, Splits images) {
    return new ModelImages(
        images.train().shape(), images.train().classes(), ImageAnomalies.usual(trained, images));
  }

  /**
   * What a model was saved with; none if it is of an earlier version, or was not trained on images.
   *
   * @throws DataException if that fits no images
   */
  public static Optional<ModelImages> of(StackedDenoisingAutoEncoder stack) {
    Map<String, String> said = stack.properties();
    if (!said.containsKey(HEIGHT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ModelImages(
              new ImageShape(number(said, HEIGHT), number(said, WIDTH), number(said, CHANNELS)),
              IntStream.iterate(0, i -> said.containsKey(CLASS + i), i -> i + 1)
                  .mapToObj(i -> said.get(CLASS + i))
                  .toList(),
              Arrays.stream(said.getOrDefault(USUAL, "").split(" "))
                  .filter(number -> !number.isEmpty())
                  .map(Double::valueOf)
                  .toList()));
    } catch (IllegalArgumentException e) {
      throw new DataException("MODEL does not say what its images are: " + e.getMessage(), e);
    }
  }

  private static int number(Map<String, String> said, String key) {
    String text = said.getOrDefault(key, "");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be a whole number, got '%s'".formatted(key, text), e);
    }
  }

  /** The same as properties of a model. */
  Map<String, String> properties() {
    Map<String, String> said = new LinkedHashMap<>();
    said.put(HEIGHT, Integer.toString(shape.height()));
    said.put(WIDTH, Integer.toString(shape.width()));
    said.put(CHANNELS, Integer.toString(shape.channels()));
    IntStream.range(0, classes.size()).forEach(i -> said.put(CLASS + i, classes.get(i)));
    if (!usual.isEmpty()) {
      said.put(USUAL, usual.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    return said;
  }
}
