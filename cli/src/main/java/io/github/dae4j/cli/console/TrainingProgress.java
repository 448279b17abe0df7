package io.github.dae4j.cli.console;

import io.github.dae4j.cli.console.Console.Epoch;
import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.listener.ValidationListener;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Follows a run: on a terminal a bar for each layer's pretraining and one for fine-tuning, with a
 * line when each has ended; elsewhere a line for each epoch.
 */
public final class TrainingProgress extends BaseTrainingListener
    implements ScoreListener, ValidationListener, AutoCloseable {

  private static final int FINE_TUNING = -1;

  private final List<Stage> layers;
  private final Stage fineTuning;
  private final Console console;
  private final boolean isWatched;
  private final boolean mustBeFinite;
  private final List<Epoch> epochs = new ArrayList<>();
  private Integer current;
  private int epoch;
  private int minibatch;
  private double sum;
  private Double validation;
  private Epoch last; // kept, for a stage is known to have ended when the next one has begun
  private long start;
  private long epochStart;
  private ProgressBar bar;

  /**
   * Says what there is to say; bars go to standard error.
   *
   * @param layers what is planned for each layer that is pretrained, by its index
   * @param fineTuning what is planned for the whole, or null
   */
  public TrainingProgress(List<Stage> layers, Stage fineTuning, Console console) {
    this(layers, fineTuning, console, console.isWatched(), false);
  }

  /** Of one layer, whose training stops as soon as its loss is not finite. */
  public static TrainingProgress ofLayer(Stage layer, Console console) {
    return new TrainingProgress(List.of(layer), null, console, console.isWatched(), true);
  }

  /**
   * Of a training that is one task: its minibatches are counted, and nothing is said of epochs.
   *
   * @param steps how many minibatches there are at most, over all epochs
   */
  public static TrainingListener counting(String task, long steps, ProgressListener progress) {
    return new Steps(task, steps, progress);
  }

  TrainingProgress(
      List<Stage> layers,
      Stage fineTuning,
      Console console,
      boolean isWatched,
      boolean mustBeFinite) {
    this.layers = List.copyOf(layers);
    this.fineTuning = fineTuning;
    this.console = console;
    this.isWatched = isWatched;
    this.mustBeFinite = mustBeFinite;
  }

  @Override
  public void onEpochStart(Model model) {
    epochStart = System.nanoTime();
    minibatch = 0;
    sum = 0;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epochOfModel) {
    int stage = model instanceof MultiLayerNetwork ? FINE_TUNING : ((Layer) model).getIndex();
    if (current == null || current != stage) {
      begin(stage);
    }
    epoch = epochOfModel;
    minibatch++;
    if (mustBeFinite && !Double.isFinite(model.score())) {
      throw new ArithmeticException(
          "%s: the loss is %s in epoch %d, minibatch %d; a lower --rate may help"
              .formatted(stage().name(), model.score(), epoch + 1, minibatch));
    }
    sum += model.score();
    last = now();
    if (bar != null) {
      bar.stepTo((long) epoch * stage().minibatches() + minibatch);
      bar.setExtraMessage("  " + last.state());
    }
  }

  @Override
  public void onValidation(MultiLayerNetwork network, double score) {
    validation = score;
    last = current == null ? null : now();
  }

  @Override
  public void onEpochEnd(Model model) {
    if (current == null) {
      return;
    }
    Epoch ended = last.of((System.nanoTime() - epochStart) / 1e9);
    epochs.add(ended);
    if (!isWatched) {
      console.epoch(ended);
    }
  }

  /** Ends the bar of the last stage, before anything else is printed. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      console.epoch(last.of((System.nanoTime() - start) / 1e9));
    }
    current = null;
  }

  private void begin(int stage) {
    close();
    current = stage;
    validation = null;
    start = System.nanoTime();
    bar = isWatched ? ProgressBars.newBar(stage().name(), stage().steps()) : null;
  }

  private Stage stage() {
    return current == FINE_TUNING ? fineTuning : layers.get(current);
  }

  /** All that have ended, each with its seconds. */
  public List<Epoch> epochs() {
    return List.copyOf(epochs);
  }

  private Epoch now() {
    return new Epoch(stage().name(), epoch + 1, stage().epochs(), sum / minibatch, validation, 0);
  }

  /** Counts minibatches. */
  private static final class Steps extends BaseTrainingListener implements ScoreListener {

    private final String task;
    private final long steps;
    private final ProgressListener progress;
    private long done;

    Steps(String task, long steps, ProgressListener progress) {
      this.task = task;
      this.steps = steps;
      this.progress = progress;
      progress.update(task, 0, steps);
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      progress.update(task, ++done, steps);
    }
  }
}
