package io.github.dae4j.ui;

import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.ui.Snapshot.Pictures;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts pictures of a network that trains, and its scores, into a storage for {@link PicturePage}:
 * every second or two, and when a layer's pretraining has ended. They take a twentieth of the time
 * at most, and change nothing in training; training need not slow down for this listener.
 */
final class PictureListener extends BaseTrainingListener implements ScoreListener {

  private static final Logger LOG = LoggerFactory.getLogger(PictureListener.class);

  static final String WORKER = "training";

  private static final int MOST_FILTERS = 100;
  private static final int COLUMNS = 10;
  private static final long LEAST_PAUSE_NANOS = 1_000_000_000L;
  private static final int PAUSE_PER_DRAWING = 20;
  private static final int WHOLE = Integer.MAX_VALUE;

  private final StatsStorageRouter storage;
  private final String name;
  private final MultiLayerNetwork network;
  private final ImageExamples images;
  private Integer stage; // index of the layer in pretraining, or WHOLE
  private ScoreCurve curve;
  private int epoch;
  private int iteration;
  private double score;
  private long due;

  /**
   * Follows the pretraining of a network's layers and its {@code fit}.
   *
   * @param name of the training, as {@link TrainingPages#listeners} takes it
   * @param network whose parameters those of trained layers are
   */
  public PictureListener(
      StatsStorageRouter storage, String name, MultiLayerNetwork network, ImageExamples images) {
    if (!name.matches("[\\w.-]+")) {
      throw new IllegalArgumentException(
          "PictureListener name must be letters, digits, '.' and '-', got " + name);
    }
    this.storage = storage;
    this.name = name;
    this.network = network;
    this.images = images;
  }

  @Override
  public void iterationDone(Model model, int iterationOfModel, int epochOfModel) {
    int present = model instanceof MultiLayerNetwork ? WHOLE : ((Layer) model).getIndex();
    if (stage == null || stage != present) {
      refresh();
      stage = present;
      curve = new ScoreCurve();
      due = System.nanoTime();
    }
    epoch = epochOfModel;
    iteration = iterationOfModel;
    score = model.score();
    curve.add(score);
    if (System.nanoTime() - due >= 0) {
      refresh();
    }
  }

  /** Shows the present state. */
  @SuppressWarnings("try")
  public void refresh() {
    if (stage == null) {
      return;
    }
    long start = System.nanoTime();
    try (MemoryWorkspace unused = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      storage.putStaticInfo(snapshot());
    } catch (RuntimeException e) { // training goes on without pictures
      LOG.warn("{}: pictures cannot be shown: {}", name, e.toString());
    }
    long end = System.nanoTime();
    due = end + Math.max(LEAST_PAUSE_NANOS, PAUSE_PER_DRAWING * (end - start));
  }

  private Snapshot snapshot() {
    boolean isLayer = stage != WHOLE;
    return new Snapshot(
        isLayer ? name + "_layer" + stage : name, // as StatsListener names them
        System.currentTimeMillis(),
        isLayer ? name + ", layer " + stage : name + ", fine-tuning",
        new Snapshot.Progress(epoch + 1, iteration + 1, score),
        curve.means(),
        curve.iterations(),
        pictures(StackView.upTo(stage, network)));
  }

  private Pictures pictures(StackView view) {
    if (view.isEmpty()) {
      return Pictures.NONE;
    }
    double[][] filters = view.filters(MOST_FILTERS);
    return new Pictures(
        view.units(),
        filters.length,
        new Tiles(Math.min(COLUMNS, filters.length), images.height(), images.width())
            .scaled(filters),
        row(images.clean()),
        row(images.corrupted()),
        row(view.reconstruct(images.corrupted())));
  }

  private byte[] row(INDArray examples) {
    return new Tiles((int) examples.size(0), images.height(), images.width())
        .png(examples.dup().toDoubleMatrix());
  }
}
