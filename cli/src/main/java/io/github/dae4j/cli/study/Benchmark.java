package io.github.dae4j.cli.study;

import io.github.dae4j.cli.config.DataConfiguration.Source;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.FineTuningConfiguration.Objective;
import io.github.dae4j.cli.study.Benchmark.Published;
import io.github.dae4j.report.Facts;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;
import java.util.Locale;

/**
 * A set of Larochelle et al. (2007) that this program generates afresh, and the test error that
 * Vincent et al. (2010) published for three stacked denoising autoencoders on the authors' own.
 */
public enum Benchmark {
  RECTANGLES(Source.RECTANGLES, new Published(0.0199, 0.0012), List.of("wide", "tall")),
  CONVEX(Source.CONVEX, new Published(0.1906, 0.0034), List.of("not convex", "convex"));

  /**
   * A test error on 50,000 images.
   *
   * @param error in [0, 1]
   * @param margin half of its 95 % confidence interval
   */
  public record Published(double error, double margin) {}

  private final Source source;
  private final Published published;
  private final List<String> classes;

  Benchmark(Source source, Published published, List<String> classes) {
    this.source = source;
    this.published = published;
    this.classes = classes;
  }

  /** As in configurations. */
  public String word() {
    return source.name().toLowerCase(Locale.ROOT);
  }

  /** What was published of it. */
  public Published published() {
    return published;
  }

  /** What the labels 0 and 1 mean. */
  public List<String> classes() {
    return classes;
  }

  /** Whether a configuration has these images, and fine-tuning that classifies. */
  public boolean fits(ExperimentConfiguration configuration) {
    return configuration.data().source() == source
        && configuration.fineTuning() != null
        && configuration.fineTuning().objective() == Objective.CLASSIFICATION;
  }

  /**
   * What a stack makes of a benchmark.
   *
   * @param images to train on
   * @param validation images that chose the best parameters
   * @param pretraining of each layer
   * @param test on all test images
   * @param unknown on those that are not among the images to train on
   * @param published on the authors' own images
   */
  public record BenchmarkReport(
      String command,
      String data,
      int images,
      int validation,
      String backend,
      long seed,
      List<LayerResult> pretraining,
      FineTuningResult fineTuning,
      Errors test,
      Errors unknown,
      Published published) {

    /** The few numbers that matter most. */
    Section section() {
      return Section.of(
          "result",
          "Result",
          new Facts()
              .add("test error", "%.2f %%", 100 * test.error())
              .add("of images not trained on", "%.2f %%", 100 * unknown.error())
              .add(
                  "published", "%.2f +- %.2f %%", 100 * published.error(), 100 * published.margin())
              .add("test images", "%,d", test.images())
              .add("training images", "%,d", images)
              .cards(),
          Tag.note(
              "Published by Vincent et al. (2010) for the authors' own images, which were generated in"
                  + " the same way, but are others."));
    }

    /**
     * How many images were mistaken.
     *
     * @param images how many there are
     * @param error the share that was taken for another class, in [0, 1]; NaN of none
     */
    public record Errors(int images, double error) {}
  }
}
