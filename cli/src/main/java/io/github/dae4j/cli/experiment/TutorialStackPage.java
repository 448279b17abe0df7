package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.experiment.TestResult.Classification;
import io.github.dae4j.report.Facts;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pretrained stack beside one that is not.
 *
 * @param pictures of the pretrained one, fine-tuned
 * @param errors its reconstruction errors, of each test image
 */
public record TutorialStackPage(
    List<LayerResult> layers,
    Tuned pretrained,
    Tuned fromScratch,
    RunPictures pictures,
    double[] errors) {

  /** A network after fine-tuning. */
  public record Tuned(FineTuningResult training, Classification test) {

    private String error() {
      return "%.2f %%".formatted(100 * test.error());
    }
  }

  /** What came out. */
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("result", "Result", result()));
    curves().section().ifPresent(sections::add);
    sections.addAll(pictures.sections());
    int[][] confusion = pretrained.test().confusion();
    sections.addAll(new TestSections(errors, errors.length, confusion).sections());
    return sections;
  }

  private Tag result() {
    return new Facts()
        .add("test error, pretrained", pretrained.error())
        .add("test error, from scratch", fromScratch.error())
        .add("test images", "%,d", errors.length)
        .cards();
  }

  private RunCurves curves() {
    Map<String, FineTuningResult> both = new LinkedHashMap<>();
    both.put("pretrained", pretrained.training());
    both.put("from scratch", fromScratch.training());
    return new RunCurves(layers, both, "error");
  }
}
