package io.github.dae4j.cli.study;

import io.github.dae4j.cli.study.BrokenReadings.MeanDistance;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.AnomalyEvaluation;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** An autoencoder that has seen some digits only, and how much worse it reconstructs the others. */
public final class UnseenDigits {

  private static final double RATE = 0.1;

  /**
   * What was found.
   *
   * @param images trained on
   * @param flaggedSeen the share of the test's digits like those that lies above the threshold
   * @param flaggedUnseen the share of the others
   */
  public record Findings(
      Set<Integer> unseen,
      int images,
      double threshold,
      double flaggedSeen,
      double flaggedUnseen,
      List<Separation> separations) {}

  /** Pixels are all of one kind: of one spread, in effect, so that traces of ink weigh little. */
  private static final double LEAST_SPREAD = 10;

  private final ImageSet train;
  private final ImageSet test;
  private final Set<Integer> unseen;
  private final DetectorPlan plan;
  private final AnomalyDetector distance;
  private AnomalyDetector autoencoder;
  private List<LayerResult> layers;
  private double[] scores; // of the test

  /**
   * The digits that are not in {@code unseen} are trained on.
   *
   * @param contamination the share of them that may be flagged
   */
  public UnseenDigits(Splits digits, Set<Integer> unseen, double contamination) {
    this.unseen = new TreeSet<>(unseen);
    Set<Integer> seen =
        IntStream.range(0, digits.train().classes().size())
            .filter(digit -> !unseen.contains(digit))
            .boxed()
            .collect(Collectors.toSet());
    train = digits.train().labelled(seen);
    test = digits.test();
    plan = DetectorPlan.ofContamination(contamination).withLeastSpread(LEAST_SPREAD);
    distance = AnomalyDetector.fit(MeanDistance.ofPixels(train.images()), train.images(), plan);
  }

  /** The digits that are trained on. */
  public ImageSet train() {
    return train;
  }

  /** Trains one denoising autoencoder and fits a detector on what it was trained on. */
  public AnomalyDetector train(
      int hidden, double corruption, int epochs, int batch, long seed, TrainingListener listener) {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder((int) train.images().size(1), hidden)
            .corruption(new MaskingCorruption(corruption))
            .activation(Activation.SIGMOID)
            .seed(seed)
            .updater(new Sgd(RATE))
            .build();
    stack.network().setListeners(listener);
    layers =
        stack.pretrain(
            new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(epochs)).seed(seed).build(),
            new ViewIterator(train.dataSet(), batch));
    stack.network().setListeners();
    autoencoder = AnomalyDetector.fit(stack, train.images(), plan);
    scores = autoencoder.score(test.images());
    return autoencoder;
  }

  /** How the autoencoder was trained. */
  public List<LayerResult> layers() {
    return layers;
  }

  /** What the detector makes of the test's digits. */
  public Findings findings() {
    return new Findings(
        unseen,
        train.size(),
        autoencoder.threshold(),
        flagged(scores(true)),
        flagged(scores(false)),
        separations());
  }

  private double flagged(double[] scores) {
    return Arrays.stream(scores).filter(score -> score > autoencoder.threshold()).count()
        / (double) scores.length;
  }

  /** Each unseen digit, and all of them, beside the digits of the test that were seen. */
  private List<Separation> separations() {
    double[] byDistance = distance.score(test.images());
    List<Separation> separations = new ArrayList<>();
    for (int digit : unseen) {
      separations.add(separation("digit " + digit, Set.of(digit), byDistance));
    }
    if (unseen.size() > 1) {
      separations.add(separation("all of them", unseen, byDistance));
    }
    return separations;
  }

  private Separation separation(String name, Set<Integer> anomalies, double[] byDistance) {
    int[] rows =
        IntStream.range(0, test.size())
            .filter(
                row ->
                    anomalies.contains(test.labels()[row]) || !unseen.contains(test.labels()[row]))
            .toArray();
    boolean[] isAnomaly = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      isAnomaly[i] = anomalies.contains(test.labels()[rows[i]]);
    }
    return new Separation(
        name,
        AnomalyEvaluation.of(at(rows, scores), isAnomaly),
        AnomalyEvaluation.of(at(rows, byDistance), isAnomaly));
  }

  private static double[] at(int[] rows, double[] scores) {
    return IntStream.of(rows).mapToDouble(row -> scores[row]).toArray();
  }

  /** The scores of the test's digits that were seen, or of those that were not. */
  public double[] scores(boolean seen) {
    return IntStream.range(0, scores.length)
        .filter(row -> unseen.contains(test.labels()[row]) != seen)
        .mapToDouble(row -> scores[row])
        .toArray();
  }

  /** The images of the test with the highest scores, the highest first: [count, pixels]. */
  public INDArray worst(int count) {
    int[] rows =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[b], scores[a]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    return Nd4j.pullRows(test.images(), 1, rows);
  }

  /**
   * How well some anomalies are told from the other rows.
   *
   * @param anomalies what they are
   * @param autoencoder by the errors of a denoising autoencoder
   * @param distance by the distance from the mean
   */
  public record Separation(
      String anomalies, AnomalyEvaluation autoencoder, AnomalyEvaluation distance) {}

  /**
   * The digits with the highest scores, what is made of them, and where that is wrong.
   *
   * @param rows [digits, pixels] by what they are
   */
  public record WorstDigits(Map<String, INDArray> rows) {

    private static final int SHOWN = 12;
    private static final double WHITE_ERROR = 4; // nats of a pixel: it was expected with e^-4

    /** Those of the test. */
    public static WorstDigits of(UnseenDigits search, AnomalyDetector detector) {
      StackedDenoisingAutoEncoder stack = detector.stack().orElseThrow();
      INDArray worst = search.worst(SHOWN);
      Map<String, INDArray> rows = new LinkedHashMap<>();
      rows.put("digit", worst);
      rows.put("reconstructed", stack.reconstruct(worst));
      rows.put("error", stack.reconstructionErrorPerFeature(worst).div(WHITE_ERROR));
      return new WorstDigits(rows);
    }

    /** All rows, labelled. */
    public BufferedImage picture() {
      return shape().image(rows, 2);
    }

    /** Each row by itself. */
    public Map<String, BufferedImage> pictures() {
      Map<String, BufferedImage> pictures = new LinkedHashMap<>();
      rows.forEach((name, images) -> pictures.put(name, shape().row(images)));
      return pictures;
    }

    private ExampleRows shape() {
      int count = (int) rows.values().iterator().next().size(0);
      return new ExampleRows(count, DrawnDigits.SIDE, DrawnDigits.SIDE);
    }
  }
}
