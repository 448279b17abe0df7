package io.github.dae4j.examples.experiment;

import io.github.dae4j.examples.report.LineChart;
import io.github.dae4j.examples.report.LineChart.Line;
import io.github.dae4j.examples.report.Section;
import io.github.dae4j.examples.report.Tag;
import io.github.dae4j.stacked.training.FineTuningResult;
import io.github.dae4j.stacked.training.FineTuningResult.Epoch;
import io.github.dae4j.stacked.training.LayerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How a run went, epoch by epoch: a chart for each layer, and two for fine-tuning. */
record RunCurves(TrainingReport report) {

  /** Empty if there is nothing that can be drawn. */
  Optional<Section> section() {
    List<LineChart> charts = new ArrayList<>();
    report.pretraining().forEach(layer -> charts.add(chart(layer)));
    if (report.fineTuning() != null) {
      charts.add(
          chart("Fine-tuning: training loss", "loss", report.fineTuning(), Epoch::trainingLoss));
      charts.add(
          chart(
              "Fine-tuning: validation " + score(),
              score(),
              report.fineTuning(),
              Epoch::validationScore));
    }
    List<Tag> visible = charts.stream().map(LineChart::tag).flatMap(Optional::stream).toList();
    return visible.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Section.of(
                "curves", "Curves", Tag.of("div").with("class", "figures").add(visible), note()));
  }

  /** What validation measures: the share of images classified wrongly, or the loss. */
  private String score() {
    return report.test().classification() == null ? "loss" : "error";
  }

  private static LineChart chart(LayerResult layer) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("training", values(layer.trainingCosts(), cost -> cost)));
    if (!layer.validationErrors().isEmpty()) {
      lines.add(new Line("validation", values(layer.validationErrors(), error -> error)));
    }
    return new LineChart("Layer %d: pretraining".formatted(layer.layer()), "cost", lines);
  }

  private static LineChart chart(
      String title, String label, FineTuningResult result, ToDoubleFunction<Epoch> value) {
    return new LineChart(title, label, List.of(new Line(label, values(result.epochs(), value))));
  }

  private static <T> double[] values(List<T> epochs, ToDoubleFunction<T> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }

  private Tag note() {
    return RunPage.note(
        "Costs are the means over an epoch's images while they are trained on, corrupted; smaller is"
            + " better."
            + (report.fineTuning() == null ? "" : best(report.fineTuning())));
  }

  private String best(FineTuningResult result) {
    return RunPage.text(
        " Kept are the parameters of the least validation %s, %.4g in epoch %d.",
        score(), result.best().score(), result.best().epoch() + 1);
  }
}
