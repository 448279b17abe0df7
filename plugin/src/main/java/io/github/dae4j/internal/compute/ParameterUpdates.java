package io.github.dae4j.internal.compute;

import java.io.Serializable;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Steps of gradient descent that read each parameter, its derivative and its state once: DL4J
 * divides by the minibatch, computes the update and subtracts it in three to five passes.
 *
 * <p>The formulas are those of ND4J's updaters, of the derivative g times {@code scale}. All arrays
 * are of one length and must be such that {@link HostMemory#holdsRows} is true; derivatives are
 * left as they are. Not for several callers at a time.
 */
public final class ParameterUpdates implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Four of them stay in the first cache. */
  private static final int TILE = 1024;

  private static final int MOST_PARTS = 8;

  /** Parameters of a part, at least: where a second thread begins to help. */
  private static final int LEAST = 16 * TILE;

  private final Tiles[] tiles = new Tiles[MOST_PARTS];

  /** p = p - rate g. */
  public void sgd(INDArray params, INDArray gradient, double rate) {
    HostBuffer allP = new HostBuffer(params);
    HostBuffer allG = new HostBuffer(gradient);
    float step = (float) rate;
    each(
        params,
        part -> {
          int n = part.n;
          float[] p = part.read(allP, part.p);
          float[] g = part.read(allG, part.g);
          for (int i = 0; i < n; i++) {
            p[i] -= step * g[i];
          }
          part.write(p, allP);
        });
  }

  /** Nesterov's momentum mu: v' = mu v - rate scale g, p = p - (mu v - (1 + mu) v'). */
  public void nesterovs(
      INDArray params, INDArray gradient, INDArray state, double rate, double mu, double scale) {
    HostBuffer allP = new HostBuffer(params);
    HostBuffer allG = new HostBuffer(gradient);
    HostBuffer allV = new HostBuffer(state);
    float step = (float) (rate * scale);
    float momentum = (float) mu;
    each(
        params,
        part -> {
          int n = part.n;
          float[] p = part.read(allP, part.p);
          float[] g = part.read(allG, part.g);
          float[] v = part.read(allV, part.v);
          for (int i = 0; i < n; i++) {
            float before = momentum * v[i];
            v[i] = before - step * g[i];
            p[i] -= before - (1 + momentum) * v[i];
          }
          part.write(v, allV);
          part.write(p, allP);
        });
  }

  /**
   * Adam (Kingma and Ba 2015) with the settings of its step: p = p - rate' m / (sqrt(v) + epsilon).
   */
  public void adam(
      INDArray params,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      AdamStep step,
      double scale) {
    HostBuffer allP = new HostBuffer(params);
    HostBuffer allG = new HostBuffer(gradient);
    HostBuffer allM = new HostBuffer(firstMoment);
    HostBuffer allV = new HostBuffer(secondMoment);
    float s = (float) scale;
    float beta1 = (float) step.beta1();
    float beta2 = (float) step.beta2();
    float epsilon = (float) step.epsilon();
    float rate = step.correctedRate();
    each(
        params,
        part -> {
          int n = part.n;
          float[] p = part.read(allP, part.p);
          float[] g = part.read(allG, part.g);
          float[] m = part.read(allM, part.m);
          float[] v = part.read(allV, part.v);
          for (int i = 0; i < n; i++) {
            float d = s * g[i];
            m[i] = beta1 * m[i] + (1 - beta1) * d;
            v[i] = beta2 * v[i] + (1 - beta2) * d * d;
            p[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
          }
          part.write(m, allM);
          part.write(v, allV);
          part.write(p, allP);
        });
  }

  /** One tile after another; a {@link ParallelLoop} shares them. */
  private void each(INDArray params, Consumer<Tiles> pass) {
    long length = params.length();
    int parts = (int) Math.max(1, Math.min(MOST_PARTS, length / LEAST));
    ParallelLoop.each(
        parts,
        i -> {
          if (tiles[i] == null) {
            tiles[i] = new Tiles();
          }
          tiles[i].each(length * i / parts, length * (i + 1) / parts, pass);
        });
  }

  /** The present tile of a part, and arrays for it. */
  private static final class Tiles implements Serializable {

    private static final long serialVersionUID = 1L;

    private final float[] p = new float[TILE];
    private final float[] g = new float[TILE];
    private final float[] m = new float[TILE];
    private final float[] v = new float[TILE];
    private long from;
    private int n;

    void each(long first, long end, Consumer<Tiles> pass) {
      for (from = first; from < end; from += TILE) {
        n = (int) Math.min(TILE, end - from);
        pass.accept(this);
      }
    }

    float[] read(HostBuffer all, float[] tile) {
      all.read(from, tile, n);
      return tile;
    }

    void write(float[] tile, HostBuffer all) {
      all.write(tile, from, n);
    }
  }

  /**
   * The settings of Adam in one step.
   *
   * @param iteration the steps before this one
   */
  public record AdamStep(double rate, double beta1, double beta2, double epsilon, int iteration) {

    /** rate sqrt(1 - beta2^t) / (1 - beta1^t), t = iteration + 1, in FLOAT as ND4J has it. */
    public float correctedRate() {
      float power1 = (float) Math.pow((float) beta1, iteration + 1);
      float power2 = (float) Math.pow((float) beta2, iteration + 1);
      float corrected = (float) rate * (float) Math.sqrt(1 - power2) / (1 - power1);
      return Float.isFinite(corrected) && corrected != 0 ? corrected : (float) epsilon;
    }
  }
}
