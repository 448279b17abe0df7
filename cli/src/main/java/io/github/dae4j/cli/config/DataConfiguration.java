package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Form.PathForm;
import io.github.dae4j.cli.config.Form.WordForm;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import java.nio.file.Path;

/**
 * The images of a run; of each set the first ones.
 *
 * @param directory of the files, null for the usual one; of MNIST only
 * @param train images that pretraining sees
 * @param validation images behind those for training, the last ones there are
 * @param test images that no training sees
 * @param labels training images that fine-tuning sees with their labels, null for all
 */
public record DataConfiguration(
    Source source, Path directory, int train, int validation, int test, Integer labels) {

  /** Where images come from. */
  public enum Source {
    /** Handwritten digits, of LeCun, Cortes and Burges (1998). */
    MNIST,
    /** Digits that the program draws. */
    DRAWN,
    /** Outlines of tall and wide rectangles, after Larochelle et al. (2007). */
    RECTANGLES,
    /** Regions that are convex or not, after the same. */
    CONVEX
  }

  private static final int MNIST_TRAINING_FILE = 60_000;
  private static final int MNIST_TEST_FILE = 10_000;

  static final RecordForm<DataConfiguration> FORM =
      RecordForm.of(
          DataConfiguration.class,
          Key.required("source", WordForm.of(Source.values())),
          Key.optional("directory", new PathForm()),
          Key.withDefault("train", NumberForm.whole(Interval.COUNT), 50_000),
          Key.withDefault("validation", NumberForm.whole(Interval.COUNT), 10_000),
          Key.withDefault("test", NumberForm.whole(Interval.COUNT), 10_000),
          Key.optional("labels", NumberForm.whole(Interval.COUNT)));

  public DataConfiguration {
    FORM.check(source, directory, train, validation, test, labels);
    if (source == Source.MNIST) {
      int forTraining = MNIST_TRAINING_FILE - validation;
      FORM.require(
          validation < MNIST_TRAINING_FILE, "validation", "< " + MNIST_TRAINING_FILE, validation);
      FORM.require(
          train <= forTraining,
          "train",
          "<= %d, which %d for validation leave of MNIST".formatted(forTraining, validation),
          train);
      FORM.require(test <= MNIST_TEST_FILE, "test", "<= " + MNIST_TEST_FILE + " for MNIST", test);
    } else {
      FORM.require(
          directory == null, "directory", "left out unless the source is mnist", directory);
    }
    FORM.require(
        labels == null || labels <= train, "labels", "<= train, which is " + train, labels);
  }

  /** How many training images fine-tuning sees. */
  public int fineTuningImages() {
    return labels == null ? train : labels;
  }
}
