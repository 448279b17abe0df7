package io.github.dae4j.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.YamlReader;
import io.github.dae4j.cli.experiment.RunPictures.Filters;
import io.github.dae4j.cli.experiment.TestResult.Classification;
import io.github.dae4j.report.Origin.Environment;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.FineTuningResult.Best;
import io.github.dae4j.stacked.finetuning.FineTuningResult.Epoch;
import io.github.dae4j.stacked.finetuning.FineTuningResult.StopReason;
import io.github.dae4j.stacked.pretraining.LayerResult;
import io.github.dae4j.testing.Markup;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class RunPageTest {

  private static final BufferedImage PIXEL = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
  private static final String HOSTILE = "/tmp/<script>alert(1)</script>&\"'";
  private static final Classification DIGITS =
      new Classification(0.25, 0.7, new int[][] {{2, 1}, {0, 1}}, List.of("0", "1"));
  private static final LayerResult LAYER_0 =
      new LayerResult(0, List.of(9.0, 7.0), List.of(8.0, 6.0), 1, 90, 0, false);
  private static final LayerResult LAYER_1 =
      new LayerResult(1, List.of(5.0), List.of(), 0, 3.25, 0, false);
  private static final FineTuningResult FINE_TUNING =
      new FineTuningResult(
          List.of(new Epoch(0.5, List.of(), 0.25, 1800), new Epoch(0.4, List.of(), 0.125, 1800)),
          20,
          new Best(0.125, 1, 18),
          StopReason.EPOCHS);

  @Test
  void aRunWithEverythingHasAllSections() {
    Markup page = page(report(List.of(LAYER_0, LAYER_1), FINE_TUNING, DIGITS));
    assertThat(page.values("section", "id"))
        .containsExactly(
            "result",
            "curves",
            "filters",
            "reconstructions",
            "errors",
            "confusion",
            "times",
            "command",
            "configuration",
            "environment");
    assertThat(page.texts("h1")).containsExactly("Stack 4-3 on drawn digits");
    assertThat(page.texts("p")).contains("Denoising autoencoders, ready on 1 Jan 1970, 00:00 UTC");
    assertThat(fact(page, "test error")).isEqualTo("25.00 %");
    assertThat(fact(page, "reconstruction error")).isEqualTo("6.500");
    assertThat(fact(page, "training")).isEqualTo("1 h 1 min");
    assertThat(page.values("svg", "aria-label"))
        .containsExactly(
            "Layer 0: pretraining",
            "Layer 1: pretraining",
            "Fine-tuning: training loss",
            "Fine-tuning: validation error",
            "Reconstruction error of test images");
    assertThat(page.texts("span")).containsExactly("training", "validation");
    assertThat(page.texts("p"))
        .anyMatch(
            text -> text.endsWith("of epoch 2 are kept: validation error 0.1250, the lowest."))
        .anyMatch(text -> text.contains("The first 100 of 500"))
        .anyMatch(text -> text.startsWith("All 3, each") && text.contains("Lee et al. 2008"))
        .contains(
            "Minimum 6.000, median 6.500, 95th percentile 7.000, maximum 7.000; clean images.");
    assertThat(page.texts("td")).containsSequence("2", "1 min 30 s", "45.0 s", "1", "3.3 s");
  }

  @Test
  void aRunWithoutFineTuningSaysNothingAboutClasses() {
    Markup page = page(report(List.of(LAYER_0), null, null));
    assertThat(page.values("section", "id")).doesNotContain("confusion").contains("curves");
    assertThat(page.texts("dt")).doesNotContain("test error", "F1");
    assertThat(page.texts("p")).noneMatch(text -> text.contains("are kept: validation"));
    assertThat(page.texts("th")).doesNotContain("fine-tuning");
  }

  @Test
  void aLadderShowsWhatItsLevelsCost() {
    List<Epoch> epochs =
        List.of(
            new Epoch(3, List.of(0.5, 2.0, 0.0, 0.5), 0.25, 1),
            new Epoch(2, List.of(0.25, 1.5, 0.0, 0.25), 0.125, 1));
    FineTuningResult ladder =
        new FineTuningResult(epochs, 20, new Best(0.125, 1, 18), StopReason.EPOCHS);
    Markup page = page(report(List.of(), ladder, DIGITS));
    assertThat(page.values("svg", "aria-label"))
        .contains(
            "Fine-tuning: cost of the labels",
            "Fine-tuning: cost of denoising each level, weighted");
    assertThat(page.texts("span")).containsExactly("input", "layer 1"); // layer 0 has no cost
  }

  @Test
  void aRunTunedOnReconstructionIsValidatedByItsLoss() {
    Markup page = page(report(List.of(LAYER_0), FINE_TUNING, null));
    assertThat(page.values("svg", "aria-label")).contains("Fine-tuning: validation loss");
    assertThat(page.texts("p"))
        .anyMatch(text -> text.endsWith("kept: validation loss 0.1250, the lowest."));
  }

  @Test
  void aRunWithoutPretrainingHasNoLayersInItsCurves() {
    Markup page = page(report(List.of(), FINE_TUNING, DIGITS));
    assertThat(page.values("svg", "aria-label")).noneMatch(label -> label.startsWith("Layer"));
    assertThat(page.texts("th")).contains("fine-tuning").doesNotContain("layer 0");
  }

  @Test
  void aRunWithoutANumberThatCanBeDrawnHasNoCurves() {
    LayerResult diverged = new LayerResult(0, List.of(1e300), List.of(), 0, 1, 0, false);
    Markup page = page(report(List.of(diverged), null, null));
    assertThat(page.values("section", "id")).doesNotContain("curves").contains("times");
  }

  @Test
  void whateverIsInNamesOfFilesStaysText() {
    Markup page = page(report(List.of(LAYER_0), null, null));
    assertThat(page.all("script")).isEmpty();
    assertThat(page.texts("pre"))
        .satisfiesExactly(
            command -> assertThat(command).isEqualTo("dae4j train " + HOSTILE),
            yaml -> assertThat(yaml).contains("directory:", "<script>alert(1)</script>&"));
    assertThat(fact(page, "backend")).isEqualTo(HOSTILE);
  }

  private static Markup page(TrainingReport report) {
    ExperimentConfiguration configuration =
        YamlReader.read(
            "test",
            "{data: {source: mnist, directory: '%s'}, stack: {layers: [{units: 4}, {units: 3}]}}"
                .formatted(HOSTILE.replace("'", "''")),
            List.of());
    RunPictures pictures =
        new RunPictures(
            List.of(new Filters(0, 500, PIXEL), new Filters(1, 3, PIXEL)),
            PIXEL,
            PIXEL,
            PIXEL,
            PIXEL);
    Environment environment =
        new Environment(Instant.EPOCH, "dae4j 1", "17", "Linux", "1 MB", HOSTILE);
    double[] errors = {6, 7, 6.5};
    return Markup.of(
        new RunPage(report, configuration, environment, pictures, errors).page().html());
  }

  private static TrainingReport report(
      List<LayerResult> layers, FineTuningResult fineTuning, Classification digits) {
    return new TrainingReport(
        "dae4j train " + HOSTILE,
        "drawn digits",
        1000,
        null,
        HOSTILE,
        layers,
        fineTuning,
        new TestResult(4, 6.5, digits));
  }

  private static String fact(Markup page, String name) {
    Element fact =
        page.all("dt").stream()
            .filter(term -> term.getTextContent().equals(name))
            .findFirst()
            .orElseThrow();
    return fact.getNextSibling().getTextContent();
  }
}
