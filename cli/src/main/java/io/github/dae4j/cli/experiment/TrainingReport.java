package io.github.dae4j.cli.experiment;

import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;

/**
 * What came out of a run.
 *
 * @param command that ended it: that of train, or of the last resume
 * @param pretraining of each layer
 * @param fineTuning null if there was none
 * @param test on images of neither training nor validation
 */
public record TrainingReport(
    String command,
    String data,
    int images,
    String backend,
    List<LayerResult> pretraining,
    FineTuningResult fineTuning,
    TestResult test) {}
