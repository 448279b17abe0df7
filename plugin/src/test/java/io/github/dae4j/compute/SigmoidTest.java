package io.github.dae4j.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against {@code Math.exp} and {@code Math.tanh}. */
class SigmoidTest {

  private static final double BOUND = 2.5e-7;

  @Test
  void isWithinItsBoundAndNeverOutsideZeroAndOne() {
    float[] a = grid();
    float[] z = new float[a.length];
    Sigmoid.of(a, z, a.length);
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      assertThat(z[i] >= 0 && z[i] <= 1).as("%s of %s", z[i], a[i]).isTrue();
      worst = Math.max(worst, Math.abs(z[i] - 1 / (1 + Math.exp(-(double) a[i]))));
    }
    assertThat(worst).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void tanhIsWithinMinusOneAndOne() {
    float[] a = grid();
    float[] y = new float[a.length];
    Sigmoid.tanh(a, y, a.length);
    double worst = 0;
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(y[i] - Math.tanh(a[i])));
      largest = Math.max(largest, Math.abs(y[i]));
    }
    assertThat(worst).isLessThanOrEqualTo(2 * BOUND);
    assertThat(largest).isLessThanOrEqualTo(1);
  }

  @Test
  void knowsTheEnds() {
    float[] a = {
      Float.NEGATIVE_INFINITY, -Float.MAX_VALUE, -0f, 0, Float.MAX_VALUE, Float.POSITIVE_INFINITY
    };
    float[] z = a.clone();
    Sigmoid.of(z, z, z.length);
    assertThat(z).containsExactly(new float[] {0, 0, 0.5f, 0.5f, 1, 1}, within(2.5e-7f));
    Sigmoid.tanh(a, a, a.length);
    assertThat(a).containsExactly(new float[] {-1, -1, 0, 0, 1, 1}, within(5e-7f));
  }

  @Test
  void notANumberStaysSo() {
    float[] a = {Float.NaN, 1, Float.NaN};
    Sigmoid.of(a, a, 2);
    assertThat(a[0]).isNaN();
    assertThat(a[1]).isEqualTo(0.7310586f, within(1e-6f));
    Sigmoid.tanh(a, a, 3);
    assertThat(a[2]).isNaN();
  }

  @Test
  void leavesWhatIsBehindTheEnd() {
    float[] a = {1, 2, 3};
    Sigmoid.of(a, a, 2);
    assertThat(a[2]).isEqualTo(3);
  }

  private static float[] grid() {
    float[] a = new float[2_000_001];
    for (int i = 0; i < a.length; i++) {
      a[i] = (i - 1_000_000) * 1e-4f;
    }
    return a;
  }
}
