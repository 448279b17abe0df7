package io.github.dae4j.examples.experiment;

import io.github.dae4j.examples.report.Section;
import io.github.dae4j.examples.report.Table;
import io.github.dae4j.stacked.training.FineTuningResult;
import io.github.dae4j.stacked.training.LayerResult;
import java.util.ArrayList;
import java.util.List;

/** How long a run took, without the interruptions. */
record RunTimes(TrainingReport report) {

  /** Of all training, in seconds. */
  double total() {
    double pretraining = report.pretraining().stream().mapToDouble(LayerResult::seconds).sum();
    return report.fineTuning() == null ? pretraining : pretraining + report.fineTuning().seconds();
  }

  Section section() {
    List<List<String>> rows = new ArrayList<>();
    for (LayerResult layer : report.pretraining()) {
      rows.add(row("layer " + layer.layer(), layer.epochs(), layer.seconds()));
    }
    FineTuningResult fineTuning = report.fineTuning();
    if (fineTuning != null) {
      rows.add(row("fine-tuning", fineTuning.epochs().size(), fineTuning.seconds()));
    }
    rows.add(List.of("all", "", duration(total()), ""));
    return Section.of(
        "times",
        "Times",
        new Table(List.of("", "epochs", "time", "an epoch"), rows).tag(),
        RunPage.note(
            "Of training with its validation, whether or not it was interrupted; reading data,"
                + " testing and drawing come on top."));
  }

  private static List<String> row(String name, int epochs, double seconds) {
    return List.of(
        name, String.valueOf(epochs), duration(seconds), duration(seconds / Math.max(1, epochs)));
  }

  /** 3.2 s, 4 min 5 s or 1 h 2 min. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return RunPage.text("%.1f s", seconds);
    }
    return whole < 3600
        ? "%d min %d s".formatted(whole / 60, whole % 60)
        : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
