package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.experiment.Benchmark.Published;
import io.github.dae4j.report.Facts;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;

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
            .add("published", "%.2f +- %.2f %%", 100 * published.error(), 100 * published.margin())
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
