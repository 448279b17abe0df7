package io.github.dae4j.cli.experiment;

import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;

/**
 * What came out of a run.
 *
 * @param command that ended it: that of train, or of the last resume
 * @param ownImages null of images that this program draws or downloads, and in reports of earlier
 *     versions
 * @param pretraining of each layer
 * @param fineTuning null if there was none
 * @param test on images of neither training nor validation
 */
public record TrainingReport(
    String command,
    String data,
    int images,
    ImageDigest ownImages,
    String backend,
    List<LayerResult> pretraining,
    FineTuningResult fineTuning,
    TestResult test) {

  /** The user's own images as they were: how many in all, and what tells them from others. */
  public record ImageDigest(int images, String sha256) {}
}
