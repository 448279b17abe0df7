package io.github.dae4j.spark;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The mean of what workers bring back, weighted by rows: summed in double in the workers' order, so
 * that the same shares always give the same bits.
 *
 * @param rows of all shares; with none there is no mean, and arrays are empty
 */
record Averages(long rows, double lossSum, int iterations, float[] weights, float[] updater) {

  static Averages of(Share... shares) {
    Share[] trained =
        Arrays.stream(shares)
            .filter(share -> share.rows() > 0)
            .sorted(Comparator.comparingInt(Share::worker))
            .toArray(Share[]::new);
    long rows = Arrays.stream(trained).mapToLong(Share::rows).sum();
    double lossSum = 0;
    int iterations = 0;
    for (Share share : trained) {
      lossSum += share.lossSum();
      iterations = Math.max(iterations, share.iterations());
    }
    float[][] weights = Arrays.stream(trained).map(Share::weights).toArray(float[][]::new);
    float[][] updaters = Arrays.stream(trained).map(Share::updater).toArray(float[][]::new);
    int[] counts = Arrays.stream(trained).mapToInt(Share::rows).toArray();
    return new Averages(rows, lossSum, iterations, mean(weights, counts), mean(updaters, counts));
  }

  /** The mean loss of a row, NaN without rows. */
  double loss() {
    return lossSum / rows;
  }

  /** The weighted mean of arrays of one length. */
  static float[] mean(float[][] arrays, int[] counts) {
    if (arrays.length == 0) {
      return new float[0];
    }
    double[] sum = new double[arrays[0].length];
    double all = 0;
    for (int i = 0; i < arrays.length; i++) {
      double count = counts[i];
      float[] array = arrays[i];
      for (int j = 0; j < sum.length; j++) {
        sum[j] += count * array[j];
      }
      all += count;
    }
    float[] mean = new float[sum.length];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = (float) (sum[j] / all);
    }
    return mean;
  }
}
