package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.datasets.PlantedTable;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.Anomaly;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.AnomalyDetector.FeatureErrors;
import io.github.dae4j.stacked.anomaly.AnomalyEvaluation;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The planted rows of a table, found by an autoencoder that is trained on the whole table, planted
 * rows included, and knows of none.
 */
public final class BrokenReadings {

  private static final int HIDDEN = 24;
  private static final int BATCH = 20;
  private static final double SWAPPED = 0.15;
  private static final double RATE = 0.005;

  /** Some columns can be told from the others better than others: nearly each has its own scale. */
  private static final double LEAST_SPREAD = 0.1;

  /**
   * What one way of looking for planted rows has found.
   *
   * @param flagged rows above the threshold
   * @param found planted rows among them
   * @param named those of them whose planted column comes first
   */
  public record Finding(int flagged, int found, int named, AnomalyEvaluation evaluation) {}

  /** What both ways have found in a table of so many rows. */
  public record Findings(int rows, int planted, Finding autoencoder, Finding distance) {}

  private final PlantedTable table;
  private final DetectorPlan plan =
      DetectorPlan.ofContamination(1.0 / PlantedTable.ROWS_FOR_ONE).withLeastSpread(LEAST_SPREAD);
  private final AnomalyDetector distance;
  private final AnomalyDetector autoencoder;

  /**
   * A row that is flagged.
   *
   * @param cells the two that are worst
   * @param planted the column with the wrong cell, or "nothing"
   */
  public record Reading(int row, double score, List<String> cells, String planted) {

    /** All of it. */
    public String line() {
      return String.format(
          Locale.ROOT, "row %5d  score %6.1f  %s  planted: %s", row, score, cells, planted);
    }
  }

  /** Trains an autoencoder whose corruption is what planting does to a row. */
  public BrokenReadings(PlantedTable table, int epochs, long seed, ProgressListener progress) {
    this.table = table;
    distance = AnomalyDetector.fit(MeanDistance.ofColumns(table.values()), table.values(), plan);
    DataSet rows = new DataSet(table.values(), table.values());
    NormalizerStandardize normalization = new NormalizerStandardize();
    normalization.fit(rows);
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(table.columns().size(), HIDDEN)
            .corruption(new SwapCorruption(SWAPPED))
            .activation(Activation.TANH)
            .visible(Activation.IDENTITY, LossFunction.L2)
            .tiedWeights(false)
            .normalization(normalization)
            .seed(seed)
            .updater(new Adam(RATE))
            .build();
    long steps = (long) epochs * ((rows.numExamples() + BATCH - 1) / BATCH);
    stack
        .network()
        .setListeners(TrainingProgress.counting("Training on the table", steps, progress));
    stack.pretrain(
        new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(epochs)).seed(seed).build(),
        new ViewIterator(rows, BATCH));
    stack.network().setListeners();
    autoencoder = AnomalyDetector.fit(stack, table.values(), plan);
  }

  /** What the autoencoder has found, and the distance from the mean. */
  public Findings findings() {
    int rows = table.planted().length;
    return new Findings(
        rows, rows / PlantedTable.ROWS_FOR_ONE, finding(autoencoder), finding(distance));
  }

  private Finding finding(AnomalyDetector detector) {
    List<Anomaly> flagged = detector.topFeatures(table.values(), 1);
    List<Anomaly> found = flagged.stream().filter(a -> planted(a) >= 0).toList();
    return new Finding(
        flagged.size(),
        found.size(),
        (int) found.stream().filter(a -> a.features().get(0).index() == planted(a)).count(),
        AnomalyEvaluation.of(detector.score(table.values()), table.isPlanted()));
  }

  private int planted(Anomaly anomaly) {
    return table.planted()[anomaly.row()];
  }

  /** The rows with the highest scores, the highest first. */
  public List<Reading> worst(int count) {
    return autoencoder.topFeatures(table.values(), 2).stream()
        .sorted(Comparator.comparingDouble(Anomaly::score).reversed())
        .limit(count)
        .map(this::reading)
        .toList();
  }

  private Reading reading(Anomaly anomaly) {
    int planted = planted(anomaly);
    return new Reading(
        anomaly.row(),
        anomaly.score(),
        anomaly.features().stream().map(f -> cell(anomaly.row(), f)).toList(),
        planted < 0 ? "nothing" : table.columns().get(planted));
  }

  private String cell(int row, Anomaly.Feature feature) {
    return String.format(
        Locale.ROOT,
        "%s = %.1f",
        table.columns().get(feature.index()),
        table.values().getDouble(row, feature.index()));
  }

  /**
   * The simplest thing that could do instead of a model: the squared distance of each feature from
   * its mean, in its standard deviations.
   *
   * @param mean [1, nIn]
   * @param deviation [1, nIn], none of them 0
   */
  record MeanDistance(INDArray mean, INDArray deviation) implements FeatureErrors {

    /** Of features that have units of their own. */
    static MeanDistance ofColumns(INDArray x) {
      return new MeanDistance(x.mean(true, 0), x.std(true, 0));
    }

    /** Of pixels, which all have the same. */
    static MeanDistance ofPixels(INDArray x) {
      INDArray mean = x.mean(true, 0);
      return new MeanDistance(mean, mean.ulike().assign(1));
    }

    @Override
    public INDArray of(INDArray x) {
      INDArray distance = x.subRowVector(mean).diviRowVector(deviation);
      return distance.muli(distance);
    }
  }
}
