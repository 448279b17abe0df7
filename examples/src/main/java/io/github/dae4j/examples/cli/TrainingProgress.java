package io.github.dae4j.examples.cli;

import io.github.dae4j.solver.ScoreListener;
import io.github.dae4j.examples.experiment.Stage;
import io.github.dae4j.stacked.training.ValidationListener;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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
  private final PrintWriter out;
  private final boolean isWatched;
  private Integer current;
  private int epoch;
  private int minibatch;
  private double sum;
  private Double validation;
  private String state; // kept, for a stage is known to have ended when the next one has begun
  private long start;
  private long epochStart;
  private ProgressBar bar;

  /**
   * Lines go to {@code out}, bars to standard error.
   *
   * @param layers what is planned for each layer that is pretrained, by its index
   * @param fineTuning what is planned for the whole, or null
   */
  public TrainingProgress(List<Stage> layers, Stage fineTuning, PrintWriter out) {
    this(layers, fineTuning, out, Terminal.isWatched());
  }

  TrainingProgress(List<Stage> layers, Stage fineTuning, PrintWriter out, boolean isWatched) {
    this.layers = List.copyOf(layers);
    this.fineTuning = fineTuning;
    this.out = out;
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
    state = state();
    if (bar != null) {
      bar.stepTo((long) epoch * stage().minibatches() + minibatch);
      bar.setExtraMessage("  " + state);
    }
  }

  @Override
  public void onValidation(MultiLayerNetwork network, double score) {
    validation = score;
    state = current == null ? null : state();
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
    bar = isWatched ? Terminal.newBar(stage().name(), stage().steps()) : null;
  }

  private Stage stage() {
    return current == FINE_TUNING ? fineTuning : layers.get(current);
  }

  private void print(long since) {
    double seconds = (System.nanoTime() - since) / 1e9;
    out.printf(Locale.ROOT, "%-11s  %s  %.1f s%n", stage().name(), state, seconds);
    out.flush();
  }

  private String state() {
    String cost =
        String.format(
            Locale.ROOT, "epoch %d/%d  cost %.4g", epoch + 1, stage().epochs(), sum / minibatch);
    return validation == null
        ? cost
        : cost + String.format(Locale.ROOT, "  validation %.4g", validation);
  }
}
