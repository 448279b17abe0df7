package io.github.dae4j.stacked.ladder;

import static io.github.dae4j.stacked.ladder.Level.Sections.CLEAN;
import static io.github.dae4j.stacked.ladder.Level.Sections.CORRUPTED;
import static io.github.dae4j.stacked.ladder.Level.Sections.LABELLED;

import io.github.dae4j.internal.compute.MatrixCells;
import io.github.dae4j.internal.compute.Product;
import io.github.dae4j.stacked.ladder.Level.Sections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The costs of a minibatch and their derivatives: a clean and a corrupted pass, the decoder, and
 * both back (Rasmus et al. 2015, algorithm 1). As in the authors' program, derivatives also flow
 * through the clean targets and their means and deviations.
 *
 * <p>The three sections of rows share each product.
 */
final class LadderStep {

  private final LadderShape shape;
  private final LadderParameters parameters;
  private final LadderParameters gradient;
  private final double[] costs;
  private Sections sections = new Sections(0, 0);
  private Level[] levels;
  private long seed;

  /**
   * Of parameters and where their derivatives go.
   *
   * @param gradient is overwritten in each step
   */
  LadderStep(LadderShape shape, LadderParameters parameters, LadderParameters gradient) {
    this.shape = shape;
    this.parameters = parameters;
    this.gradient = gradient;
    costs = new double[shape.widths().length];
  }

  /**
   * What a minibatch costs.
   *
   * @param supervised the mean cross-entropy of the labelled rows, in nats
   * @param denoising of each level, the mean over rows and units, before it is weighted
   */
  record Costs(double supervised, double[] denoising) {

    /** The first, then those of the levels, weighted; the loss is their sum. */
    List<Double> parts(double[] weights) {
      List<Double> parts = new ArrayList<>(List.of(supervised));
      for (int level = 0; level < weights.length; level++) {
        parts.add(weights[level] == 0 ? 0 : weights[level] * denoising[level]);
      }
      return parts;
    }
  }

  /**
   * Computes them, and the derivatives of their weighted sum.
   *
   * @param unlabelled [n, d0]
   * @param labelled [m, d0]
   * @param labels [m, dL]
   * @param seed of the noise
   */
  Costs take(INDArray unlabelled, INDArray labelled, INDArray labels, long seed) {
    this.seed = seed;
    prepare(new Sections((int) unlabelled.size(0), (int) labelled.size(0)));
    enter(unlabelled, labelled);
    for (int level = 1; level < shape.top(); level++) {
      encode(level);
    }
    double supervised = encodeTop(labels);
    for (int level = shape.top(); level >= shape.lowest(); level--) {
      decode(level);
    }
    for (int level = shape.lowest(); level <= shape.top(); level++) {
      backThroughDecoder(level);
    }
    for (int level = shape.top(); level > 0; level--) {
      backThroughEncoder(level);
    }
    return new Costs(supervised, costs.clone());
  }

  /** Of the clean section's sums at a level in the last step. */
  double[] mean(int level) {
    return levels[level].mean[CLEAN];
  }

  /** Their variance, without bias. */
  double[] variance(int level) {
    int n = sections.unlabelled();
    double[] inverse = levels[level].inverse[CLEAN];
    double[] variance = new double[inverse.length];
    for (int j = 0; j < variance.length; j++) {
      double biased = 1 / (inverse[j] * inverse[j]) - Normalization.EPSILON;
      variance[j] = Math.max(0, biased) * n / Math.max(1, n - 1);
    }
    return variance;
  }

  private void prepare(Sections now) {
    Arrays.fill(costs, 0);
    if (now.equals(sections)) {
      return;
    }
    sections = now;
    levels = new Level[shape.widths().length];
    for (int level = 0; level < levels.length; level++) {
      levels[level] =
          new Level(
              parameters.flat().dataType(),
              now,
              shape.widths()[level],
              level == 0,
              shape.isDecoded(level));
    }
  }

  private void enter(INDArray unlabelled, INDArray labelled) {
    Level input = levels[0];
    enter(unlabelled, CLEAN);
    enter(unlabelled, CORRUPTED);
    enter(labelled, LABELLED);
    Columns.each(
        input.width,
        (from, w, band, scratch) -> {
          for (int section : new int[] {CORRUPTED, LABELLED}) {
            int n = sections.rows(section);
            double[] x = scratch.block(0, n * w);
            input.noisy.read(sections.from(section), n, from, w, x, scratch);
            addNoise(x, n * w, 0, section, band);
            input.noisy.write(sections.from(section), n, from, w, x, scratch);
          }
        });
  }

  private void enter(INDArray x, int section) {
    int from = sections.from(section);
    levels[0]
        .noisy
        .array()
        .get(NDArrayIndex.interval(from, from + sections.rows(section)), NDArrayIndex.all())
        .assign(x);
  }

  private void addNoise(double[] z, int length, int level, int section, int band) {
    double deviation = shape.noise()[level];
    if (deviation == 0) {
      return;
    }
    SplittableRandom random =
        new SplittableRandom(((seed * 31 + level) * Sections.COUNT + section) * 1_000_003 + band);
    for (int i = 0; i < length; i++) {
      z[i] += deviation * random.nextGaussian();
    }
  }

  /** Sums, normalized, with noise, to activations. */
  private void encode(int level) {
    sums(level);
    Level now = levels[level];
    Columns.each(
        now.width,
        (from, w, band, scratch) -> {
          double[] affine = affine(level, from, w, scratch);
          for (int section = 0; section < Sections.COUNT; section++) {
            int n = sections.rows(section);
            double[] z = scratch.block(0, n * w);
            normalize(level, section, from, w, band, z, scratch);
            activate(shape.units()[level], z, n, w, affine);
            now.output.write(sections.from(section), n, from, w, z, scratch);
          }
        });
  }

  private void sums(int level) {
    Product.of(
        levels[level - 1].output.array(),
        parameters.weights(level),
        levels[level].normalized.array());
  }

  /** z becomes the noisy one of a section. */
  private void normalize(
      int level, int section, int from, int w, int band, double[] z, Columns.Scratch scratch) {
    Level now = levels[level];
    int n = sections.rows(section);
    int first = sections.from(section);
    now.normalized.read(first, n, from, w, z, scratch);
    Normalization.apply(z, n, w, now.mean[section], now.inverse[section], from);
    now.normalized.write(first, n, from, w, z, scratch);
    if (section != CLEAN) {
      addNoise(z, n * w, level, section, band);
    }
    now.noisy.write(first, n, from, w, z, scratch);
  }

  /** Biases, then scales, which are 1 where there are none: [2, w]. */
  private double[] affine(int level, int from, int w, Columns.Scratch scratch) {
    double[] affine = scratch.block(7, 2 * w);
    if (shape.isScaled(level)) {
      parameters.affine(level).read(0, 2, from, w, affine, scratch.row(w));
    } else {
      parameters.affine(level).read(0, 1, from, w, affine, scratch.row(w));
      Arrays.fill(affine, w, 2 * w, 1);
    }
    return affine;
  }

  /** z becomes the activations of (z + bias) scale. */
  private static void activate(Units units, double[] z, int n, int w, double[] affine) {
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        z[start + j] = (z[start + j] + affine[j]) * affine[w + j];
      }
    }
    units.apply(z, 0, n * w);
  }

  /** The softmax of both corrupted sections; returns the labelled one's cross-entropy. */
  private double encodeTop(INDArray labels) {
    int level = shape.top();
    sums(level);
    Level now = levels[level];
    double[] loss = new double[1];
    Columns.together(
        now.width,
        (from, w, band, scratch) -> {
          double[] affine = affine(level, from, w, scratch);
          for (int section = 0; section < Sections.COUNT; section++) {
            int n = sections.rows(section);
            double[] z = scratch.block(0, n * w);
            normalize(level, section, from, w, band, z, scratch);
            activate(Units.IDENTITY, z, n, w, affine);
            softmax(z, n, w);
            now.output.write(sections.from(section), n, from, w, z, scratch);
            if (section == LABELLED) {
              loss[0] = crossEntropy(z, labels, n, w, scratch);
            }
          }
        });
    return loss[0];
  }

  private static void softmax(double[] a, int n, int w) {
    for (int i = 0; i < n; i++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int j = i * w; j < (i + 1) * w; j++) {
        most = Math.max(most, a[j]);
      }
      double sum = 0;
      for (int j = i * w; j < (i + 1) * w; j++) {
        a[j] = Math.exp(a[j] - most);
        sum += a[j];
      }
      for (int j = i * w; j < (i + 1) * w; j++) {
        a[j] /= sum;
      }
    }
  }

  /** Writes its derivatives into the labelled section of {@code outputDelta}, too. */
  private double crossEntropy(double[] p, INDArray labels, int n, int w, Columns.Scratch scratch) {
    double[] targets = scratch.block(1, n * w);
    new MatrixCells(labels).read(0, n, 0, w, targets, scratch.row(w));
    double loss = 0;
    for (int i = 0; i < n * w; i++) {
      if (targets[i] != 0) {
        loss -= targets[i] * Math.log(Math.max(p[i], Double.MIN_NORMAL));
      }
      targets[i] = (p[i] - targets[i]) / n;
    }
    levels[shape.top()].outputDelta.write(sections.from(LABELLED), n, 0, w, targets, scratch);
    return loss / n;
  }

  /** What comes from above, normalized, and the estimate; its cost where it has one. */
  private void decode(int level) {
    Level now = levels[level];
    int n = sections.unlabelled();
    if (level < shape.top()) {
      Product.of(
          levels[level + 1].estimate.array(),
          parameters.decoderWeights(level),
          now.vertical.array());
    }
    double[] cost = new double[Columns.bands(now.width)];
    Columns.each(
        now.width,
        (from, w, band, scratch) -> {
          double[] u = scratch.block(0, n * w);
          if (level == shape.top()) {
            now.output.read(sections.from(CORRUPTED), n, from, w, u, scratch);
          } else {
            now.vertical.read(0, n, from, w, u, scratch);
          }
          Normalization.apply(u, n, w, now.verticalMean, now.verticalInverse, from);
          now.vertical.write(0, n, from, w, u, scratch);
          double[] z = scratch.block(1, n * w);
          now.noisy.read(sections.from(CORRUPTED), n, from, w, z, scratch);
          double[] estimate = scratch.block(2, n * w);
          shape.combinator().apply(z, u, combinator(level, from, w, scratch), n, w, estimate);
          now.estimate.write(0, n, from, w, estimate, scratch);
          cost[band] = cost(level, from, w, estimate, scratch);
        });
    costs[level] = Arrays.stream(cost).sum() / ((double) n * now.width);
  }

  private double[] combinator(int level, int from, int w, Columns.Scratch scratch) {
    int count = shape.combinator().count();
    double[] p = scratch.block(6, count * w);
    parameters.combinator(level).read(0, count, from, w, p, scratch.row(w));
    return p;
  }

  /**
   * The sum of squares over a band, of the estimate in the clean section's units against its z;
   * leaves the derivatives of both, and of mean and deviation.
   */
  private double cost(int level, int from, int w, double[] estimate, Columns.Scratch scratch) {
    Level now = levels[level];
    int n = sections.unlabelled();
    double weight = shape.weights()[level];
    double[] g = scratch.block(3, n * w);
    double[] target = scratch.block(4, n * w);
    if (weight == 0) {
      Arrays.fill(g, 0, n * w, 0);
      now.estimateDelta.write(0, n, from, w, g, scratch);
      if (level > 0) {
        now.delta.write(sections.from(CLEAN), n, from, w, g, scratch);
        Arrays.fill(now.meanDelta, from, from + w, 0);
        Arrays.fill(now.inverseDelta, from, from + w, 0);
      }
      return 0;
    }
    now.noisy.read(sections.from(CLEAN), n, from, w, target, scratch);
    double[] mean = new double[w];
    double[] inverse = new double[w];
    Arrays.fill(inverse, 1);
    if (level > 0) {
      System.arraycopy(now.mean[CLEAN], from, mean, 0, w);
      System.arraycopy(now.inverse[CLEAN], from, inverse, 0, w);
    }
    double[] sum = new double[w];
    double[] meanDelta = new double[w];
    double[] inverseDelta = new double[w];
    double factor = 2 * weight / ((double) n * now.width);
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        double centred = estimate[start + j] - mean[j];
        double error = centred * inverse[j] - target[start + j];
        sum[j] += error * error;
        double d = factor * error;
        target[start + j] = -d;
        g[start + j] = d * inverse[j];
        meanDelta[j] -= d * inverse[j];
        inverseDelta[j] += d * centred;
      }
    }
    now.estimateDelta.write(0, n, from, w, g, scratch);
    if (level > 0) {
      now.delta.write(sections.from(CLEAN), n, from, w, target, scratch);
      System.arraycopy(meanDelta, 0, now.meanDelta, from, w);
      System.arraycopy(inverseDelta, 0, now.inverseDelta, from, w);
    }
    return Arrays.stream(sum).sum();
  }

  /** From the estimate to z, u and the combinator's parameters, then to what u came from. */
  private void backThroughDecoder(int level) {
    Level now = levels[level];
    int n = sections.unlabelled();
    if (level > shape.lowest()) {
      Product.of(
          levels[level - 1].verticalDelta.array(),
          false,
          parameters.decoderWeights(level - 1),
          true,
          1,
          1,
          now.estimateDelta.array());
    }
    Columns.each(
        now.width,
        (from, w, band, scratch) -> {
          double[] u = scratch.block(0, n * w);
          double[] z = scratch.block(1, n * w);
          double[] g = scratch.block(2, n * w);
          now.vertical.read(0, n, from, w, u, scratch);
          now.noisy.read(sections.from(CORRUPTED), n, from, w, z, scratch);
          now.estimateDelta.read(0, n, from, w, g, scratch);
          int count = shape.combinator().count();
          double[] dp = scratch.block(5, count * w);
          Arrays.fill(dp, 0, count * w, 0);
          shape.combinator().backprop(z, u, combinator(level, from, w, scratch), g, n, w, dp);
          gradient.combinator(level).write(0, count, from, w, dp, scratch.row(w));
          if (level > 0) {
            now.delta.write(sections.from(CORRUPTED), n, from, w, z, scratch);
          }
          double[] normalized = scratch.block(3, n * w);
          now.vertical.read(0, n, from, w, normalized, scratch);
          Normalization.backprop(normalized, u, n, w, now.verticalInverse, from);
          now.verticalDelta.write(0, n, from, w, u, scratch);
        });
    if (level < shape.top()) {
      Product.of(
          levels[level + 1].estimate.array(),
          true,
          now.verticalDelta.array(),
          false,
          1,
          0,
          gradient.decoderWeights(level));
    }
  }

  /** From activations to the sums, and to weights, biases and the level below. */
  private void backThroughEncoder(int level) {
    Level now = levels[level];
    boolean isTop = level == shape.top();
    if (isTop) {
      Columns.together(now.width, (from, w, band, scratch) -> backThroughTop(now, w, scratch));
    } else {
      Product.of(
          levels[level + 1].delta.array(),
          false,
          parameters.weights(level + 1),
          true,
          1,
          0,
          now.outputDelta.array());
    }
    Columns.each(now.width, (from, w, band, scratch) -> backThroughUnits(level, from, w, scratch));
    Product.of(
        levels[level - 1].output.array(),
        true,
        now.delta.array(),
        false,
        1,
        0,
        gradient.weights(level));
  }

  /** Derivatives before the softmax, of the corrupted section; the clean one has none. */
  private void backThroughTop(Level top, int w, Columns.Scratch scratch) {
    int n = sections.unlabelled();
    double[] p = scratch.block(0, n * w);
    double[] g = scratch.block(1, n * w);
    top.output.read(sections.from(CORRUPTED), n, 0, w, p, scratch);
    top.verticalDelta.read(0, n, 0, w, g, scratch);
    for (int i = 0; i < n; i++) {
      double along = 0;
      for (int j = i * w; j < (i + 1) * w; j++) {
        along += p[j] * g[j];
      }
      for (int j = i * w; j < (i + 1) * w; j++) {
        g[j] = p[j] * (g[j] - along);
      }
    }
    top.outputDelta.write(sections.from(CORRUPTED), n, 0, w, g, scratch);
    Arrays.fill(g, 0, n * w, 0);
    top.outputDelta.write(sections.from(CLEAN), n, 0, w, g, scratch);
  }

  private void backThroughUnits(int level, int from, int w, Columns.Scratch scratch) {
    Level now = levels[level];
    Units units = level == shape.top() ? Units.IDENTITY : shape.units()[level];
    double[] affine = affine(level, from, w, scratch);
    double[] affineDelta = new double[2 * w];
    for (int section = 0; section < Sections.COUNT; section++) {
      int n = sections.rows(section);
      int first = sections.from(section);
      double[] g = scratch.block(0, n * w);
      double[] h = scratch.block(1, n * w);
      double[] z = scratch.block(2, n * w);
      now.outputDelta.read(first, n, from, w, g, scratch);
      now.noisy.read(first, n, from, w, z, scratch);
      if (level < shape.top()) {
        now.output.read(first, n, from, w, h, scratch);
        units.backprop(h, g, 0, n * w);
      }
      backThroughAffine(g, z, n, w, affine, affineDelta);
      if (section != LABELLED && shape.isDecoded(level)) {
        double[] more = scratch.block(3, n * w);
        now.delta.read(first, n, from, w, more, scratch);
        add(more, g, n * w);
      }
      now.normalized.read(first, n, from, w, z, scratch);
      Normalization.backprop(z, g, n, w, now.inverse[section], from);
      if (section == CLEAN && shape.isDecoded(level)) {
        addThroughMoments(now, z, g, n, from, w);
      }
      now.delta.write(first, n, from, w, g, scratch);
    }
    int rows = shape.isScaled(level) ? 2 : 1;
    gradient.affine(level).write(0, rows, from, w, affineDelta, scratch.row(w));
  }

  private static void add(double[] more, double[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] += more[i];
    }
  }

  /** g, dL/d((z + bias) scale), becomes dL/dz. */
  private static void backThroughAffine(
      double[] g, double[] z, int n, int w, double[] affine, double[] affineDelta) {
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        affineDelta[w + j] += g[start + j] * (z[start + j] + affine[j]);
      }
      for (int j = 0; j < w; j++) {
        g[start + j] *= affine[w + j];
      }
      for (int j = 0; j < w; j++) {
        affineDelta[j] += g[start + j];
      }
    }
  }

  /** The cost's way through the clean section's mean and deviation, which are those of its sums. */
  private static void addThroughMoments(Level now, double[] z, double[] g, int n, int from, int w) {
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        double inverse = now.inverse[CLEAN][from + j];
        // d inverse / d sum = -inverse^3 (sum - mean) / n, and sum - mean = z / inverse
        g[start + j] +=
            (now.meanDelta[from + j]
                    - now.inverseDelta[from + j] * inverse * inverse * z[start + j])
                / n;
      }
    }
  }
}
