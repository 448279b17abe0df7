package io.github.dae4j.cli.experiment;

import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Chart.Line;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.FineTuningResult.Epoch;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How training went, epoch by epoch: a chart for each layer, and two for fine-tuning.
 *
 * @param fineTuning of each network, by its name; empty for none
 * @param score what validation of fine-tuning measures: "error", the share of images classified
 *     wrongly, or "loss"
 */
public record RunCurves(
    List<LayerResult> pretraining, Map<String, FineTuningResult> fineTuning, String score) {

  private static final String NOTE =
      "Losses are means over the corrupted images of an epoch during training; smaller is better.";

  /** Of pretraining alone. */
  public static RunCurves of(List<LayerResult> pretraining) {
    return new RunCurves(pretraining, Map.of(), "");
  }

  static RunCurves of(TrainingReport report) {
    String score = report.test().classification() == null ? "loss" : "error";
    return new RunCurves(
        report.pretraining(),
        report.fineTuning() == null ? Map.of() : Map.of(score, report.fineTuning()),
        score);
  }

  /** Empty if there is nothing that can be drawn. */
  public Optional<Section> section() {
    List<Chart> charts = new ArrayList<>();
    pretraining.forEach(layer -> charts.add(chart(layer)));
    if (!fineTuning.isEmpty()) {
      charts.add(chart("training loss", "loss", Epoch::trainingLoss));
      charts.add(chart("validation " + score, score, Epoch::validationScore));
      fineTuning.values().forEach(result -> charts.addAll(costs(result.epochs())));
    }
    List<Tag> visible = charts.stream().map(Chart::figure).flatMap(Optional::stream).toList();
    return visible.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Section.of("curves", "Curves", Tag.figures(visible), Tag.note(NOTE + best())));
  }

  private static Chart chart(LayerResult layer) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("training", values(layer.trainingLosses(), loss -> loss)));
    if (!layer.validationErrors().isEmpty()) {
      lines.add(new Line("validation", values(layer.validationErrors(), error -> error)));
    }
    return Chart.overEpochs("Layer %d: pretraining".formatted(layer.layer()), "loss", lines);
  }

  private Chart chart(String what, String label, ToDoubleFunction<Epoch> value) {
    List<Line> lines = new ArrayList<>();
    fineTuning.forEach((name, result) -> lines.add(new Line(name, values(result.epochs(), value))));
    return Chart.overEpochs("Fine-tuning: " + what, label, lines);
  }

  /** Of the parts of the loss, if it has some: of labels, and of each level from the input up. */
  private static List<Chart> costs(List<Epoch> epochs) {
    int levels = epochs.isEmpty() ? 0 : epochs.get(0).costs().size() - 1;
    if (levels < 1) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      int part = level + 1;
      double[] costs = values(epochs, epoch -> epoch.costs().get(part));
      if (Arrays.stream(costs).anyMatch(cost -> cost > 0)) {
        lines.add(new Line(level == 0 ? "input" : "layer " + (level - 1), costs));
      }
    }
    Line labels = new Line("labels", values(epochs, epoch -> epoch.costs().get(0)));
    return List.of(
        Chart.overEpochs("Fine-tuning: cost of the labels", "nats", List.of(labels)),
        Chart.overEpochs("Fine-tuning: cost of denoising each level, weighted", "loss", lines));
  }

  private static <T> double[] values(List<T> epochs, ToDoubleFunction<T> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }

  /** What was kept; of several networks each chart tells enough. */
  private String best() {
    if (fineTuning.size() != 1) {
      return "";
    }
    FineTuningResult.Best best = fineTuning.values().iterator().next().best();
    if (Double.isNaN(best.score())) {
      return " The last parameters are kept, for nothing was validated.";
    }
    return String.format(
        Locale.ROOT,
        " The parameters of epoch %3$d are kept: validation %1$s %2$.4g, the lowest.",
        score,
        best.score(),
        best.epoch() + 1);
  }
}
