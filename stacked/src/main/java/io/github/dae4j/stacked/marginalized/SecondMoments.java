package io.github.dae4j.stacked.marginalized;

import io.github.dae4j.stacked.internal.EpochIterator;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What one pass over data leaves of them: means of x and of x x', in double precision.
 *
 * @param ofProducts [nIn, nIn]
 * @param mean [nIn]
 */
record SecondMoments(double[][] ofProducts, double[] mean) {

  /**
   * Reads the data once.
   *
   * @param map from a minibatch of features, as DOUBLE, to that whose moments are asked for
   */
  static SecondMoments of(DataSetIterator data, UnaryOperator<INDArray> map) {
    Sums sums = null;
    EpochIterator.begin(data, 0, 0);
    while (data.hasNext()) {
      DataSet next = data.next();
      requireRows(next);
      INDArray x = map.apply(next.getFeatures().castTo(DataType.DOUBLE));
      sums = sums == null ? new Sums(x.size(1)) : sums;
      sums.add(x);
    }
    if (sums == null) {
      throw new IllegalStateException("MarginalizedMasking data must have an example, got none");
    }
    return sums.moments();
  }

  private static void requireRows(DataSet minibatch) {
    INDArray x = minibatch.getFeatures();
    if (x.rank() != 2) {
      throw new IllegalArgumentException(
          "MarginalizedMasking features must be [minibatch, nIn], got "
              + Arrays.toString(x.shape()));
    }
    if (minibatch.getFeaturesMaskArray() != null) {
      throw new IllegalArgumentException(
          "MarginalizedMasking features must have no mask, got one "
              + Arrays.toString(minibatch.getFeaturesMaskArray().shape()));
    }
  }

  /** The mean of [x;1][x;1]' [nIn + 1, nIn + 1], a copy. */
  double[][] withBias() {
    int bias = mean.length;
    double[][] all = new double[bias + 1][];
    for (int i = 0; i < bias; i++) {
      all[i] = Arrays.copyOf(ofProducts[i], bias + 1);
      all[i][bias] = mean[i];
    }
    all[bias] = Arrays.copyOf(mean, bias + 1);
    all[bias][bias] = 1;
    return all;
  }

  /** The covariance of factor x, a copy. */
  double[][] covariance(double factor) {
    double[][] covariance = new double[mean.length][mean.length];
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        covariance[i][j] = factor * factor * (ofProducts[i][j] - mean[i] * mean[j]);
      }
    }
    return covariance;
  }

  /** Sums over the examples so far. */
  private static final class Sums {

    private final INDArray products;
    private final INDArray values;
    private long count;

    Sums(long nIn) {
      products = Nd4j.create(DataType.DOUBLE, new long[] {nIn, nIn}, 'f');
      values = Nd4j.zeros(DataType.DOUBLE, nIn);
    }

    void add(INDArray x) {
      if (x.size(1) != values.length()) {
        throw new IllegalArgumentException(
            "MarginalizedMasking features must be [minibatch, %d] like the first, got %s"
                .formatted(values.length(), Arrays.toString(x.shape())));
      }
      Nd4j.gemm(x, x, products, true, false, 1, 1);
      values.addi(x.sum(0));
      count += x.size(0);
    }

    SecondMoments moments() {
      double[][] ofProducts = products.divi(count).toDoubleMatrix();
      for (int i = 0; i < ofProducts.length; i++) {
        if (!Double.isFinite(ofProducts[i][i])) {
          throw new IllegalArgumentException(
              "MarginalizedMasking features must be finite, got a mean square of %s in column %d"
                  .formatted(ofProducts[i][i], i));
        }
      }
      return new SecondMoments(ofProducts, values.divi(count).toDoubleVector());
    }
  }
}
