package io.github.dae4j.internal.compute;

/**
 * The logistic function and the hyperbolic tangent in FLOAT arithmetic that the compiler turns into
 * vector instructions, a small part of the time of {@code Math.exp}.
 *
 * <p>By tanh(h) = h p(h^2) / q(h^2), the rational approximation of Eigen's {@code
 * generic_fast_tanh_float}, at h = a / 2; its coefficients over powers of two give half of that
 * from a itself. Within 2.5e-7 of the exact value everywhere, tanh within 5e-7, and never outside
 * [0, 1] or [-1, 1].
 */
public final class Sigmoid {

  /**
   * Where the quotient in FLOAT is 1 / 2 for the first time, and beyond which it would become more.
   */
  private static final float LIMIT = 2 * 0x1.f9f09ep2f;

  private static final float P1 = 4.89352455891786e-03f / (1 << 2);
  private static final float P3 = 6.37261928875436e-04f / (1 << 4);
  private static final float P5 = 1.48572235717979e-05f / (1 << 6);
  private static final float P7 = 5.12229709037114e-08f / (1 << 8);
  private static final float P9 = -8.60467152213735e-11f / (1 << 10);
  private static final float P11 = 2.00018790482477e-13f / (1 << 12);
  private static final float P13 = -2.76076847742355e-16f / (1 << 14);
  private static final float Q0 = 4.89352518554385e-03f;
  private static final float Q2 = 2.26843463243900e-03f / (1 << 2);
  private static final float Q4 = 1.18534705686654e-04f / (1 << 4);
  private static final float Q6 = 1.19825839466702e-06f / (1 << 6);

  private Sigmoid() {}

  /** 1 / (1 + exp(-a)); NaN stays NaN. */
  static float of(float a) {
    return halfTanhOfHalf(a) + 0.5f;
  }

  /** The same polynomials for numbers in DOUBLE, no more exact than those of FLOAT. */
  public static double of(double a) {
    double x = Math.max(-LIMIT, Math.min(LIMIT, a));
    double s = x * x;
    double p = ((((((P13 * s + P11) * s + P9) * s + P7) * s + P5) * s + P3) * s + P1) * x;
    double q = ((Q6 * s + Q4) * s + Q2) * s + Q0;
    return p / q + 0.5;
  }

  /** The first n become {@link #of} of themselves. */
  public static void apply(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = of(a[i]);
    }
  }

  /** tanh(a); NaN stays NaN. */
  static float tanh(float a) {
    return 2 * halfTanhOfHalf(2 * a);
  }

  private static float halfTanhOfHalf(float x) {
    float a = Math.max(-LIMIT, Math.min(LIMIT, x));
    float s = a * a;
    float p = ((((((P13 * s + P11) * s + P9) * s + P7) * s + P5) * s + P3) * s + P1) * a;
    float q = ((Q6 * s + Q4) * s + Q2) * s + Q0;
    return p / q;
  }
}
