package io.github.dae4j.cli.console;

import io.github.dae4j.cli.console.Console.Epoch;
import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.listener.ValidationListener;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

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
    this(layers, fineTuning, console, console.isWatched());
  }

  TrainingProgress(List<Stage> layers, Stage fineTuning, Console console, boolean isWatched) {
    this.layers = List.copyOf(layers);
    this.fineTuning = fineTuning;
    this.console = console;
    this.isWatched = isWatched;
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
    if (!isWatched && current != null) {
      print(epochStart);
    }
  }

  /** Ends the bar of the last stage, before anything else is printed. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      print(start);
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

  private void print(long since) {
    console.epoch(last.of((System.nanoTime() - since) / 1e9));
  }

  private Epoch now() {
    return new Epoch(stage().name(), epoch + 1, stage().epochs(), sum / minibatch, validation, 0);
  }
}
