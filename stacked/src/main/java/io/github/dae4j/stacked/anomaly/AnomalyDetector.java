package io.github.dae4j.stacked.anomaly;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.DamageReason;
import io.github.dae4j.stacked.internal.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds the rows that a trained model reconstructs worse than those it was fitted on.
 *
 * <p>The error of each feature is scaled by median and interquartile range of the training errors;
 * a row's score is the root mean square of its scaled errors above 0, and a row whose score is
 * above the threshold is an anomaly. Sets of any size are computed minibatch by minibatch. A
 * detector never changes, is good for the model as it was when the detector was fitted, and serves
 * any number of threads at once as its stack does.
 */
public final class AnomalyDetector {

  /**
   * What a model gets wrong in each cell, for instance {@code stack::reconstructionErrorPerFeature}
   * or {@code layer::reconstructionErrorPerFeature}.
   */
  @FunctionalInterface
  public interface FeatureErrors {

    /** The error of each cell, the larger the worse: x [minibatch, nIn] -> [minibatch, nIn]. */
    INDArray of(INDArray x);
  }

  private final StackedDenoisingAutoEncoder stack; // null if it is not known
  private final FiniteErrors errors;
  private final ErrorScale scale;
  private final double threshold;

  private AnomalyDetector(
      StackedDenoisingAutoEncoder stack, FiniteErrors errors, ErrorScale scale, double threshold) {
    this.stack = stack;
    this.errors = errors;
    this.scale = scale;
    this.threshold = threshold;
  }

  AnomalyDetector(StackedDenoisingAutoEncoder stack, ErrorScale scale, double threshold) {
    this(stack, FiniteErrors.of(stack), scale, threshold);
  }

  /**
   * Fits scale and threshold to the rows that a stack was trained on, or others like them.
   *
   * @param x [n, nIn] in the user's units
   * @throws UnsupportedOperationException if the stack has no error for each feature
   */
  public static AnomalyDetector fit(
      StackedDenoisingAutoEncoder stack, INDArray x, DetectorPlan plan) {
    return fit(required("stack", stack), FiniteErrors.of(stack), x, plan);
  }

  /**
   * Fits scale and threshold to the errors of any model, such as {@code
   * layer::reconstructionErrorPerFeature}; to be {@link #save saved}, a detector needs a stack.
   *
   * @param x [n, nIn]
   */
  public static AnomalyDetector fit(FeatureErrors errors, INDArray x, DetectorPlan plan) {
    return fit(null, FiniteErrors.of(required("errors", errors)), x, plan);
  }

  private static AnomalyDetector fit(
      StackedDenoisingAutoEncoder stack, FiniteErrors errors, INDArray x, DetectorPlan plan) {
    required("plan", plan);
    if (required("training rows", x).rank() != 2 || x.isEmpty()) {
      throw new IllegalArgumentException(
          "AnomalyDetector training rows must be [n, nIn], got " + Arrays.toString(x.shape()));
    }
    ErrorScale scale = ErrorScale.fit(errors, x, plan.leastSpread());
    AnomalyDetector unlimited = new AnomalyDetector(stack, errors, scale, 0);
    double[] scores = unlimited.score(x);
    Arrays.sort(scores);
    return unlimited.withThreshold(plan.threshold(scores));
  }

  /** The score above which a row is an anomaly. */
  public double threshold() {
    return threshold;
  }

  /**
   * The same with another threshold.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public AnomalyDetector withThreshold(double threshold) {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException(
          "AnomalyDetector threshold must be finite, got " + threshold);
    }
    return new AnomalyDetector(stack, errors, scale, threshold);
  }

  /** The stack it was fitted on, or none if it was fitted on the errors of something else. */
  public Optional<StackedDenoisingAutoEncoder> stack() {
    return Optional.ofNullable(stack);
  }

  /**
   * The score of each row, 0 where no error is above its feature's median: x [n, nIn] -> [n].
   *
   * <p>Of a stack that allows missing cells, a row is scored on the cells that it has.
   *
   * @throws IllegalArgumentException naming row and feature where x is not finite
   * @throws IllegalStateException naming row and feature where the error is not
   */
  public double[] score(INDArray x) {
    double[] scores = new double[rows(x)];
    errors.forEach(
        x,
        (first, cells) -> {
          for (int row = 0; row < cells.length / scale.features(); row++) {
            scores[first + row] = scale.score(cells, row * scale.features());
          }
        });
    return scores;
  }

  /** Whether each row is an anomaly: x [n, nIn] -> [n]. */
  public boolean[] label(INDArray x) {
    double[] scores = score(x);
    boolean[] labels = new boolean[scores.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = scores[row] > threshold;
    }
    return labels;
  }

  /** (error - median) / spread of each cell, NaN where x is: x [n, nIn] -> [n, nIn] in DOUBLE. */
  public INDArray scaledErrors(INDArray x) {
    double[][] scaled = new double[rows(x)][scale.features()];
    errors.forEach(
        x,
        (first, cells) -> {
          for (int cell = 0; cell < cells.length; cell++) {
            int feature = cell % scale.features();
            scaled[first + cell / scale.features()][feature] = scale.scaled(feature, cells[cell]);
          }
        });
    return Nd4j.createFromArray(scaled);
  }

  /**
   * The rows of x [n, nIn] that are anomalies, in their order, each with the features that its
   * score is due to.
   *
   * @param n how many features of a row at most, at least 1
   */
  public List<Anomaly> topFeatures(INDArray x, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("AnomalyDetector topFeatures must be >= 1, got " + n);
    }
    rows(x);
    List<Anomaly> anomalies = new ArrayList<>();
    errors.forEach(
        x,
        (first, cells) -> {
          for (int row = 0; row < cells.length / scale.features(); row++) {
            int from = row * scale.features();
            double score = scale.score(cells, from);
            if (score > threshold) {
              anomalies.add(new Anomaly(first + row, score, top(cells, from, n)));
            }
          }
        });
    return anomalies;
  }

  private List<Anomaly.Feature> top(double[] cells, int from, int n) {
    return IntStream.range(0, scale.features())
        .filter(i -> !Double.isNaN(cells[from + i]))
        .mapToObj(i -> new Anomaly.Feature(i, cells[from + i], scale.scaled(i, cells[from + i])))
        .sorted(Comparator.comparingDouble(Anomaly.Feature::scaledError).reversed())
        .limit(n)
        .toList();
  }

  private static <T> T required(String parameter, T value) {
    return Objects.requireNonNull(
        value, () -> "AnomalyDetector " + parameter + " must not be null");
  }

  private int rows(INDArray x) {
    if (required("input", x).rank() != 2 || x.isEmpty() || x.size(1) != scale.features()) {
      throw new IllegalArgumentException(
          "AnomalyDetector input must be [minibatch, %d], got %s"
              .formatted(scale.features(), Arrays.toString(x.shape())));
    }
    return Math.toIntExact(x.size(0));
  }

  /**
   * Writes the stack and the detector into one file, whole or not at all; {@link
   * StackedDenoisingAutoEncoder#load} reads the stack from it.
   *
   * @throws UnsupportedOperationException if it was not fitted on a stack
   * @throws IOException naming the file, which is then as it was before
   */
  public void save(Path file) throws IOException {
    if (stack == null) {
      throw new UnsupportedOperationException(
          "AnomalyDetector is saved with its model, so it must be fitted on a"
              + " StackedDenoisingAutoEncoder (which may have one layer), not on errors alone");
    }
    stack.save(file, false, StoredDetector.bytes(scale, threshold));
  }

  /**
   * Whether a file is a model with a detector, as far as its beginning tells; false if it cannot be
   * read.
   */
  public static boolean isIn(Path file) {
    return ModelFile.hasAttachment(file, StoredDetector.MARK);
  }

  /**
   * Reads what {@link #save} has written, as safely as {@link StackedDenoisingAutoEncoder#load}.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static AnomalyDetector load(Path file) throws IOException {
    required("file", file);
    ModelFile.Attached<StackedDenoisingAutoEncoder> model =
        ModelFile.readAttached(file, PretrainableNetwork::new, StackedDenoisingAutoEncoder::of);
    try {
      return StoredDetector.read(model);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot load %s: expected a model that AnomalyDetector has saved, but %s"
              .formatted(file, DamageReason.of(e)),
          e);
    }
  }
}
