package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.StackConfiguration.LayerConfiguration;
import io.github.dae4j.cli.experiment.TestResult.Classification;
import io.github.dae4j.report.Origin;
import io.github.dae4j.report.Origin.Environment;
import io.github.dae4j.report.Page;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Tag;
import io.github.dae4j.report.Times;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run for a person to read: what came out, how it went there, and what made it.
 *
 * @param errors the reconstruction error of each test image
 */
record RunPage(
    TrainingReport report,
    ExperimentConfiguration configuration,
    Environment environment,
    RunPictures pictures,
    double[] errors) {

  /** All that there is of the run; a section that has nothing to say is left out. */
  Page page() {
    RunTimes times = RunTimes.of(report.pretraining(), report.fineTuning());
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("result", "Result", result(times)));
    RunCurves.of(report).section().ifPresent(sections::add);
    sections.addAll(pictures.sections());
    sections.addAll(test().sections());
    sections.add(times.section());
    sections.addAll(origin().sections());
    return new Page(
        "Stack %s on %s".formatted(widths(), report.data()),
        "Denoising autoencoders, " + environment.ready(),
        sections);
  }

  private TestSections test() {
    return classification() == null
        ? new TestSections(errors, errors.length, null)
        : new TestSections(
            errors, errors.length, classification().confusion(), classification().classes());
  }

  private String widths() {
    return configuration.stack().layers().stream()
        .map(LayerConfiguration::units)
        .map(String::valueOf)
        .collect(Collectors.joining("-"));
  }

  private Classification classification() {
    return report.test().classification();
  }

  private Tag result(RunTimes times) {
    Facts facts = new Facts();
    if (classification() != null) {
      facts
          .add("test error", "%.2f %%", 100 * classification().error())
          .add("F1", "%.4f", classification().f1());
    }
    return facts
        .add("reconstruction error", "%.4g", report.test().reconstructionError())
        .add("test images", "%,d", report.test().images())
        .add("training images", "%,d", report.images())
        .add("training", times.total())
        .cards();
  }

  private Origin origin() {
    return new Origin(
        report.command(),
        "The command that finished the run: train, or the last resume.",
        Map.of(),
        configuration.toYaml(),
        environment);
  }

  /** How long training took, without the interruptions. */
  record RunTimes(Times times) {

    private static final String NOTE =
        "Training and validation only, without interruptions; reading data, testing and drawing are"
            + " not included.";

    /** Fine-tuning may be null. */
    static RunTimes of(List<LayerResult> pretraining, FineTuningResult fineTuning) {
      Times times = new Times();
      for (LayerResult layer : pretraining) {
        times.add("layer " + layer.layer(), layer.epochs(), layer.seconds());
      }
      if (fineTuning != null) {
        times.add("fine-tuning", fineTuning.epochs().size(), fineTuning.seconds());
      }
      return new RunTimes(times);
    }

    Section section() {
      return times.section(NOTE);
    }

    /** Of all, for a person. */
    String total() {
      return Times.duration(times.total());
    }
  }
}
