package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gives the units of a code the standard deviation 1, so that no unit counts more than others in a
 * model above it. A rectified unit whose weights are multiplied by s > 0 is s times itself, so the
 * decoder divided by s reconstructs as before.
 *
 * @param factors of the units
 */
record CodeScaling(float[] factors) {

  private static final int MOST_ROWS = 5000;
  private static final double LEAST = 0.05; // of all units' deviation: less is hardly ever active

  /** That of rows, or of some that are drawn. */
  static CodeScaling of(DenoisingNet net, float[][] rows, long seed) {
    double[] sums = new double[net.hidden()];
    double[] squares = new double[net.hidden()];
    float[][] some = RowDraw.of(rows, MOST_ROWS, seed);
    int n = some.length;
    DenoisingNet.Scratch scratch = net.scratch();
    for (float[] row : some) {
      float[] code = net.encode(row, scratch);
      for (int unit = 0; unit < code.length; unit++) {
        sums[unit] += code[unit];
        squares[unit] += (double) code[unit] * code[unit];
      }
    }
    double overall =
        deviation(Arrays.stream(sums).sum(), Arrays.stream(squares).sum(), n * sums.length);
    float[] factors = new float[sums.length];
    for (int unit = 0; unit < factors.length; unit++) {
      double own = deviation(sums[unit], squares[unit], n);
      double usual = own > LEAST * overall ? own : overall;
      factors[unit] = usual > 0 ? (float) (1 / usual) : 1;
    }
    return new CodeScaling(factors);
  }

  private static double deviation(double sum, double squares, double n) {
    double mean = sum / n;
    return Math.sqrt(Math.max(0, squares / n - mean * mean));
  }

  /** Changes the parameters of a stack's only layer, of rectified units. */
  void apply(StackedDenoisingAutoEncoder stack) {
    Layer layer = stack.network().getLayer(0);
    DenoisingNet net = DenoisingNet.of(stack);
    float[] b = net.b();
    for (float[] row : net.w()) {
      multiply(row);
    }
    multiply(b);
    float[][] v = net.v();
    IntStream.range(0, v.length)
        .forEach(
            unit -> {
              for (int i = 0; i < v[unit].length; i++) {
                v[unit][i] /= factors[unit];
              }
            });
    layer
        .getParam(DenoisingAutoEncoderParamInitializer.WEIGHT_KEY)
        .assign(Nd4j.createFromArray(net.w()));
    layer
        .getParam(DenoisingAutoEncoderParamInitializer.BIAS_KEY)
        .assign(Nd4j.createFromArray(b).reshape(1, b.length));
    layer
        .getParam(DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY)
        .assign(Nd4j.createFromArray(v));
  }

  private void multiply(float[] units) {
    for (int unit = 0; unit < units.length; unit++) {
      units[unit] *= factors[unit];
    }
  }
}
