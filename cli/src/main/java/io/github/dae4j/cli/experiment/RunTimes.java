package io.github.dae4j.cli.experiment;

import io.github.dae4j.report.Section;
import io.github.dae4j.report.Times;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;

/** How long training took, without the interruptions. */
record RunTimes(Times times) {

  private static final String NOTE =
      "Of training with its validation, whether or not it was interrupted; reading data, testing and"
          + " drawing come on top.";

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
