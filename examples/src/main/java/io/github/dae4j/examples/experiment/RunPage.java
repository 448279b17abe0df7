package io.github.dae4j.examples.experiment;

import io.github.dae4j.examples.experiment.TestResult.Classification;
import io.github.dae4j.examples.report.ConfusionTable;
import io.github.dae4j.examples.report.Facts;
import io.github.dae4j.examples.report.Histogram;
import io.github.dae4j.examples.report.Page;
import io.github.dae4j.examples.report.Section;
import io.github.dae4j.examples.report.Tag;
import io.github.dae4j.stacked.config.ExperimentConfiguration;
import io.github.dae4j.stacked.config.LayerConfiguration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** All that there is of the run; a section that has nothing to say is left out. */
  Page page() {
    RunCurves curves = new RunCurves(report);
    RunTimes times = new RunTimes(report);
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("result", "Result", result(times)));
    curves.section().ifPresent(sections::add);
    sections.addAll(pictures.sections());
    addErrors(sections);
    if (classification() != null) {
      sections.add(confusion());
    }
    sections.add(times.section());
    sections.add(command());
    sections.add(new Section("configuration", "Configuration", List.of(yaml())));
    sections.add(environmentSection());
    return new Page(
        "Stack %s on %s".formatted(widths(), report.data()),
        "Denoising autoencoders, ready on " + TIME.format(environment.time()),
        sections);
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
          .add("test error", text("%.2f %%", 100 * classification().error()))
          .add("F1", text("%.4f", classification().f1()));
    }
    return facts
        .add("reconstruction error", text("%.4g", report.test().reconstructionError()))
        .add("test images", text("%,d", report.test().images()))
        .add("training images", text("%,d", report.images()))
        .add("training", RunTimes.duration(times.total()))
        .cards();
  }

  private void addErrors(List<Section> sections) {
    new Histogram("Reconstruction error of test images", "error", "images", errors)
        .tag()
        .ifPresent(
            chart ->
                sections.add(Section.of("errors", "Reconstruction errors", chart, quantiles())));
  }

  private Tag quantiles() {
    double[] sorted = Arrays.stream(errors).sorted().toArray();
    return note(
        text(
            "Least %.4g, median %.4g, 95th percentile %.4g, greatest %.4g; of clean images.",
            sorted[0],
            sorted[sorted.length / 2],
            sorted[(int) (0.95 * sorted.length)],
            sorted[sorted.length - 1]));
  }

  private Section confusion() {
    return Section.of(
        "confusion",
        "Confusion matrix",
        new ConfusionTable(classification().confusion()).tag(),
        note(
            "Rows: the class; columns: what it was taken for, in test images; last column: the"
                + " share that was recognized."));
  }

  private Section command() {
    return Section.of(
        "command",
        "Command",
        Tag.of("pre", report.command()),
        note("The one that ended the run: that of train, or of the last resume."));
  }

  private Tag yaml() {
    return Tag.of("pre", configuration.toYaml());
  }

  private Section environmentSection() {
    return Section.of(
        "environment",
        "Environment",
        new Facts()
            .add("program", environment.program())
            .add("Java", environment.java())
            .add("memory", environment.memory() + " at most")
            .add("system", environment.system())
            .add("backend", environment.backend())
            .list());
  }

  static Tag note(String text) {
    return Tag.of("p", text).with("class", "note");
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
