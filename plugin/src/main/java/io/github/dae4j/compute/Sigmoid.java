package io.github.dae4j.compute;

/**
 * The logistic function in FLOAT arithmetic that the compiler turns into vector instructions, a
 * tenth of the time of {@code Math.exp}.
 *
 * <p>By tanh(h) = h p(h^2) / q(h^2), the rational approximation of Eigen's {@code
 * generic_fast_tanh_float}, at h = a / 2. Within 2.5e-7 of the exact value everywhere, tanh within
 * 5e-7, and never outside [0, 1] or [-1, 1].
 */
final class Sigmoid {

  /** tanh is 1 in FLOAT from here on. */
  private static final float LIMIT = 9;

  private static final float P1 = 4.89352455891786e-03f;
  private static final float P3 = 6.37261928875436e-04f;
  private static final float P5 = 1.48572235717979e-05f;
  private static final float P7 = 5.12229709037114e-08f;
  private static final float P9 = -8.60467152213735e-11f;
  private static final float P11 = 2.00018790482477e-13f;
  private static final float P13 = -2.76076847742355e-16f;
  private static final float Q0 = 4.89352518554385e-03f;
  private static final float Q2 = 2.26843463243900e-03f;
  private static final float Q4 = 1.18534705686654e-04f;
  private static final float Q6 = 1.19825839466702e-06f;

  private Sigmoid() {}

  /** z = sigmoid(a), which may be the same array; NaN stays NaN. */
  static void of(float[] a, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = 0.5f * tanh(0.5f * a[i]) + 0.5f;
    }
  }

  /** z = tanh(a), which may be the same array; NaN stays NaN. */
  static void tanh(float[] a, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = tanh(a[i]);
    }
  }

  private static float tanh(float x) {
    float h = Math.max(-LIMIT, Math.min(LIMIT, x));
    float s = h * h;
    float p = ((((((P13 * s + P11) * s + P9) * s + P7) * s + P5) * s + P3) * s + P1) * h;
    float q = ((Q6 * s + Q4) * s + Q2) * s + Q0;
    return Math.max(-1f, Math.min(1f, p / q)); // by rounding it can be a little more
  }
}
