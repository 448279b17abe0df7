package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.experiment.TestResult.ReconstructionErrors;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Origin.Environment;
import io.github.dae4j.report.Page;
import io.github.dae4j.report.Report;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.FineTuningResult.Epoch;
import io.github.dae4j.stacked.pretraining.LayerResult;
import io.github.dae4j.stacked.run.TrainingResult;
import io.github.dae4j.stacked.run.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.optimize.api.TrainingListener;

/** An experiment in its directory: trained from the beginning or from where it was stopped. */
public final class ExperimentRun {

  private final Experiment experiment;
  private final RunFiles directory;
  private final StackedDenoisingAutoEncoder stack;
  private final TrainingRun training;

  /**
   * Prepares it; the directory is there.
   *
   * @param listeners of all training
   */
  public ExperimentRun(
      Experiment experiment, RunFiles directory, List<TrainingListener> listeners) {
    this.experiment = experiment;
    this.directory = directory;
    stack = experiment.newStack();
    stack.network().setListeners(listeners);
    training = experiment.run(directory);
  }

  /** What is trained. */
  public PretrainableNetwork network() {
    return stack.network();
  }

  /** From any thread: writes a checkpoint soon, and ends {@link #train} with an exception. */
  public void stop() {
    training.stop();
  }

  /** Trains from the last checkpoint, or from the beginning where there is none. */
  public TrainingResult train() {
    return training.hasCheckpoint() ? training.resume(stack) : training.start(stack);
  }

  /** Measures what was trained and writes model, pictures, page and, last, the report. */
  public TrainingReport finish(
      TrainingResult result, String command, String backend, ProgressListener progress) {
    result.stack().network().setListeners();
    save(result.stack()); // whatever happens later
    ImageSet test = experiment.digits().test();
    double[] errors = ReconstructionErrors.of(result.stack(), test, progress);
    TrainingReport report =
        new TrainingReport(
            command,
            experiment.digits().name(),
            experiment.digits().train().size(),
            experiment.ownImages(),
            backend,
            result.pretraining(),
            result.fineTuning(),
            TestResult.of(result.stack(), test, errors, progress));
    drawCurves(result);
    RunPictures pictures = pictures(result.stack(), test);
    pictures.write(directory);
    page(report, pictures, errors).write(directory.page());
    Report.write(report, directory.report());
    return report;
  }

  private void save(StackedDenoisingAutoEncoder trained) {
    try {
      StackedDenoisingAutoEncoder.of(
              trained.network(),
              trained.normalization().orElse(null),
              ModelImages.of(trained, experiment.digits()).properties())
          .save(directory.model(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private RunPictures pictures(StackedDenoisingAutoEncoder trained, ImageSet test) {
    ExperimentConfiguration configuration = experiment.configuration();
    return RunPictures.of(
        trained, configuration.stack().layers().get(0).corruption(), test, configuration.seed());
  }

  private Page page(TrainingReport report, RunPictures pictures, double[] errors) {
    return new RunPage(
            report,
            experiment.configuration(),
            Environment.current(report.backend()),
            pictures,
            errors)
        .page();
  }

  private void drawCurves(TrainingResult result) {
    drawCurves("Pretraining, ", losses(result), directory.pretrainingCurves());
    if (result.fineTuning() != null) {
      drawCurves("Fine-tuning, ", losses(result.fineTuning()), directory.fineTuningCurves());
    }
  }

  private void drawCurves(String title, Map<String, double[]> losses, Path file) {
    List<Chart.Line> lines = new ArrayList<>();
    losses.forEach((label, values) -> lines.add(new Chart.Line(label, values)));
    Chart.overEpochs(title + experiment.digits().name(), "loss (nats)", lines).write(file);
  }

  private static Map<String, double[]> losses(TrainingResult result) {
    Map<String, double[]> losses = new LinkedHashMap<>();
    for (LayerResult layer : result.pretraining()) {
      List<Double> values = layer.trainingLosses();
      losses.put(
          "layer " + layer.layer(), values.stream().mapToDouble(Double::doubleValue).toArray());
    }
    return losses;
  }

  private static Map<String, double[]> losses(FineTuningResult result) {
    double[] losses = result.epochs().stream().mapToDouble(Epoch::trainingLoss).toArray();
    return new HashMap<>(Map.of("training loss", losses));
  }
}
