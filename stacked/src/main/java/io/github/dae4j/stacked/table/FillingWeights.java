package io.github.dae4j.stacked.table;

/**
 * How much each of three says in what a missing cell is filled with: the net, the nearest rows, and
 * with what is left the normal distribution.
 */
record FillingWeights(double net, double near) {

  static final FillingWeights NET_ALONE = new FillingWeights(1, 0);

  FillingWeights {
    if (!(net >= 0 && near >= 0 && net + near <= 1 + 1e-9)) {
      throw new IllegalArgumentException(
          "weights must be >= 0 and at most 1 together, got %s and %s".formatted(net, near));
    }
  }

  float blended(double byNet, double nearby, double normally) {
    return (float) (net * byNet + near * nearby + (1 - net - near) * normally);
  }

  /** Finds the best weights for cells whose truth is known. */
  static final class Search {

    private static final int STEPS = 4;
    private static final double LEAST_PROBABILITY = 0.001;

    private double netSquared;
    private double nearSquared;
    private double netByNear;
    private double netByTruth;
    private double nearByTruth;
    private final double[][] losses = new double[STEPS + 1][STEPS + 1];

    void addNumber(double truth, double byNet, double nearby, double normally) {
      double a = byNet - normally;
      double b = nearby - normally;
      double y = truth - normally;
      netSquared += a * a;
      nearSquared += b * b;
      netByNear += a * b;
      netByTruth += a * y;
      nearByTruth += b * y;
    }

    /** Probabilities of the word that is right. */
    void addWord(double byNet, double nearby, double normally) {
      for (int i = 0; i <= STEPS; i++) {
        for (int j = 0; i + j <= STEPS; j++) {
          double p = weights(i, j).blended(byNet, nearby, normally);
          losses[i][j] -= Math.log(Math.max(p, LEAST_PROBABILITY));
        }
      }
    }

    private static FillingWeights weights(int net, int near) {
      return new FillingWeights((double) net / STEPS, (double) near / STEPS);
    }

    /** Least squares with weights that are not negative. */
    FillingWeights ofNumbers() {
      if (netSquared == 0) {
        return NET_ALONE;
      }
      double determinant = netSquared * nearSquared - netByNear * netByNear;
      double net = (netByTruth * nearSquared - nearByTruth * netByNear) / determinant;
      double near = (nearByTruth * netSquared - netByTruth * netByNear) / determinant;
      if (!(net >= 0 && near >= 0)) {
        double netAlone = Math.max(0, netByTruth / netSquared);
        double nearAlone = nearSquared == 0 ? 0 : Math.max(0, nearByTruth / nearSquared);
        boolean isNet = netAlone * netByTruth >= nearAlone * nearByTruth;
        net = isNet ? netAlone : 0;
        near = isNet ? 0 : nearAlone;
      }
      double sum = Math.max(1, net + near);
      return new FillingWeights(net / sum, near / sum);
    }

    /** The likeliest of a few. */
    FillingWeights ofWords() {
      FillingWeights best = weights(0, 0);
      double least = losses[0][0];
      for (int i = 0; i <= STEPS; i++) {
        for (int j = 0; i + j <= STEPS; j++) {
          if (losses[i][j] < least) {
            least = losses[i][j];
            best = weights(i, j);
          }
        }
      }
      return best;
    }
  }
}
