package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.config.DataConfiguration.Source;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.FineTuningConfiguration.Objective;
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
}
