package io.github.dae4j.stacked.marginalized;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Masking whose average is taken in closed form: the linear map that reconstructs x best from all
 * its corruptions, without drawing one (marginalized denoising; Chen et al. 2012).
 *
 * <p>Each cell is 0 with probability {@code level}. With S the mean of [x;1][x;1]' and q the
 * probability that a feature is kept (1 for the bias), W = P Q^-1 of P_ij = S_ij q_j and Q_ij =
 * S_ij q_i q_j, on the diagonal S_ii q_i.
 *
 * @param level the probability of a cell, in [0, 1)
 * @param ridge what is added to the diagonal of Q, in squared units of the features, at least 0;
 *     features that are constant, or copies of others, need it
 */
public record MarginalizedMasking(double level, double ridge) {

  /** What Chen et al. add to a sum over examples, here added to their mean. */
  public static final double DEFAULT_RIDGE = 1e-5;

  public MarginalizedMasking {
    if (!(level >= 0 && level < 1)) {
      throw new IllegalArgumentException(
          "MarginalizedMasking level must be in [0, 1), got " + level);
    }
    if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "MarginalizedMasking ridge must be in [0, infinity), got " + ridge);
    }
  }

  /** With {@link #DEFAULT_RIDGE}. */
  public MarginalizedMasking(double level) {
    this(level, DEFAULT_RIDGE);
  }

  /**
   * Fits one layer in one pass; needs memory for some matrices [nIn, nIn] and time for nIn^3 steps
   * besides.
   *
   * @param data features [minibatch, nIn], finite and without masks; labels are not read
   * @throws IllegalArgumentException if the features are not like that, or Q is singular
   * @throws IllegalStateException if there is no example
   */
  public MarginalizedAutoEncoder fit(DataSetIterator data) {
    return fit(SecondMoments.of(data, x -> x));
  }

  /**
   * Fits layers one above the other, each to the codes of the one below, in one pass for each.
   *
   * @param layers how many, at least 1
   * @param data as for one layer; can be reset if there are more
   */
  public MarginalizedStack fitStack(int layers, DataSetIterator data) {
    requireLayers(layers, data);
    List<MarginalizedAutoEncoder> fitted = new ArrayList<>();
    while (fitted.size() < layers) {
      fitted.add(fit(SecondMoments.of(data, x -> MarginalizedStack.encode(x, fitted))));
    }
    return new MarginalizedStack(this, fitted);
  }

  private static void requireLayers(int layers, DataSetIterator data) {
    if (layers < 1) {
      throw new IllegalArgumentException("MarginalizedStack layers must be >= 1, got " + layers);
    }
    if (layers > 1 && !data.resetSupported()) {
      throw new IllegalArgumentException(
          "MarginalizedStack data must be an iterator that can be reset for %d layers, got %s"
              .formatted(layers, data.getClass().getName()));
    }
  }

  private MarginalizedAutoEncoder fit(SecondMoments moments) {
    return MarginalizedAutoEncoder.ofRows(
        solve(corruptedInput(moments), corruptedToClean(moments)));
  }

  /** Q: the expectation of [x~;1][x~;1]'. */
  double[][] corruptedInput(SecondMoments moments) {
    double[][] q = moments.withBias();
    int bias = q.length - 1;
    for (int i = 0; i <= bias; i++) {
      for (int j = 0; j <= bias; j++) {
        q[i][j] *= i == j ? kept(i, bias) : kept(i, bias) * kept(j, bias);
      }
    }
    return q;
  }

  /** P', without the column of the bias: the expectation of [x~;1]x'. */
  double[][] corruptedToClean(SecondMoments moments) {
    double[][] p = moments.withBias();
    int bias = p.length - 1;
    for (int i = 0; i <= bias; i++) {
      p[i] = Arrays.copyOf(p[i], bias);
      for (int j = 0; j < bias; j++) {
        p[i][j] *= kept(i, bias);
      }
    }
    return p;
  }

  private double kept(int feature, int bias) {
    return feature == bias ? 1 : 1 - level;
  }

  /** X of (Q + ridge I) X = B. */
  double[][] solve(double[][] q, double[][] b) {
    for (int i = 0; i < q.length; i++) {
      q[i][i] += ridge;
    }
    return PositiveSystem.solve(q, b)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "MarginalizedMasking ridge must be larger for these features, whose second"
                        + " moments are singular in double precision, got "
                        + ridge));
  }
}
