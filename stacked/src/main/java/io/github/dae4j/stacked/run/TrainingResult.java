package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;

/**
 * What a run has made.
 *
 * @param stack the trained one, another object than was given if it was unrolled and folded
 * @param pretraining of each layer that had a plan, empty without pretraining
 * @param fineTuning null if there was none
 */
public record TrainingResult(
    StackedDenoisingAutoEncoder stack, List<LayerResult> pretraining, FineTuningResult fineTuning) {

  public TrainingResult {
    pretraining = List.copyOf(pretraining);
  }
}
