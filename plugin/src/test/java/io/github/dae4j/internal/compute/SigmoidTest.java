package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against {@code Math.exp} and {@code Math.tanh}. */
class SigmoidTest {

  private static final double BOUND = 2.5e-7;

  @Test
  void isWithinItsBoundAndNeverOutsideZeroAndOne() {
    double worst = 0;
    for (float a : grid()) {
      float z = Sigmoid.of(a);
      assertThat(z >= 0 && z <= 1).as("%s of %s", z, a).isTrue();
      worst = Math.max(worst, Math.abs(z - 1 / (1 + Math.exp(-(double) a))));
    }
    assertThat(worst).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void tanhIsWithinMinusOneAndOne() {
    double worst = 0;
    float largest = 0;
    for (float a : grid()) {
      float y = Sigmoid.tanh(a);
      worst = Math.max(worst, Math.abs(y - Math.tanh(a)));
      largest = Math.max(largest, Math.abs(y));
    }
    assertThat(worst).isLessThanOrEqualTo(2 * BOUND);
    assertThat(largest).isLessThanOrEqualTo(1);
  }

  /** Every FLOAT from where the quotient comes close to its end until beyond it. */
  @Test
  void saturatesToTheBitAndNotBeyond() {
    int first = Float.floatToIntBits(15);
    int last = Float.floatToIntBits(18);
    for (int bits = first; bits <= last; bits++) {
      float a = Float.intBitsToFloat(bits);
      if (Sigmoid.of(a) > 1 || Sigmoid.of(-a) < 0 || Sigmoid.tanh(a / 2) > 1) {
        fail("beyond its end at %s", a);
      }
    }
    assertThat(Sigmoid.of(16)).isEqualTo(1);
    assertThat(Sigmoid.of(-16)).isEqualTo(0);
    assertThat(Sigmoid.tanh(-8)).isEqualTo(-1);
  }

  @Test
  void knowsTheEnds() {
    float[] ends = {Float.MAX_VALUE, Float.POSITIVE_INFINITY};
    for (float end : ends) {
      assertThat(Sigmoid.of(end)).isEqualTo(1);
      assertThat(Sigmoid.of(-end)).isEqualTo(0);
      assertThat(Sigmoid.tanh(end)).isEqualTo(1);
      assertThat(Sigmoid.tanh(-end)).isEqualTo(-1);
    }
    assertThat(Sigmoid.of(-0f)).isEqualTo(0.5f);
    assertThat(Sigmoid.of(0)).isEqualTo(0.5f);
    assertThat(Sigmoid.of(1)).isEqualTo(0.7310586f, within(1e-6f));
    assertThat(Sigmoid.tanh(0)).isEqualTo(0);
    assertThat(Sigmoid.tanh(1e-20f)).isEqualTo(1e-20f, within(1e-26f));
  }

  @Test
  void notANumberStaysSo() {
    assertThat(Sigmoid.of(Float.NaN)).isNaN();
    assertThat(Sigmoid.tanh(Float.NaN)).isNaN();
  }

  private static float[] grid() {
    float[] a = new float[2_000_001];
    for (int i = 0; i < a.length; i++) {
      a[i] = (i - 1_000_000) * 1e-4f;
    }
    return a;
  }
}
