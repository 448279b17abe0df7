package io.github.dae4j.stacked.table;

import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;

/**
 * One hidden layer of rectified units and a linear decoder, as plain arrays that nobody changes:
 * good for any number of threads.
 *
 * @param w of the encoder [features][hidden]
 * @param b [hidden]
 * @param v of the decoder [hidden][features]
 * @param c [features]
 */
record DenoisingNet(float[][] w, float[] b, float[][] v, float[] c) {

  /**
   * Copies the parameters of a stack's only layer.
   *
   * @throws IllegalArgumentException if it is not one layer with weights of its own for decoding
   */
  static DenoisingNet of(StackedDenoisingAutoEncoder stack) {
    Layer layer = stack.network().getLayer(0);
    if (stack.network().getnLayers() < 1
        || !layer
            .paramTable()
            .containsKey(DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY)) {
      throw new IllegalArgumentException(
          "its network has no layer with weights of its own for decoding");
    }
    return new DenoisingNet(
        HostMemory.rows(layer.getParam(DenoisingAutoEncoderParamInitializer.WEIGHT_KEY)),
        layer.getParam(DenoisingAutoEncoderParamInitializer.BIAS_KEY).toFloatVector(),
        HostMemory.rows(layer.getParam(DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY)),
        layer.getParam(DenoisingAutoEncoderParamInitializer.VISIBLE_BIAS_KEY).toFloatVector());
  }

  /** Weights and biases, of the encoder and the decoder. */
  List<float[][]> arrays() {
    return List.of(w, new float[][] {b}, v, new float[][] {c});
  }

  static DenoisingNet of(List<float[][]> arrays) {
    return new DenoisingNet(arrays.get(0), arrays.get(1)[0], arrays.get(2), arrays.get(3)[0]);
  }

  int features() {
    return c.length;
  }

  int hidden() {
    return b.length;
  }

  /** Arrays for the calculation of one row after another in one thread. */
  static final class Scratch {

    private final float[] code;
    private final float[] out;
    private final int[] indices;

    Scratch(int features, int hidden) {
      code = new float[hidden];
      out = new float[features];
      indices = new int[Math.max(features, hidden)];
    }
  }

  Scratch scratch() {
    return new Scratch(features(), hidden());
  }

  /** The code of a row without NaN, which is the scratch's own until the next call. */
  float[] encode(float[] row, Scratch scratch) {
    System.arraycopy(b, 0, scratch.code, 0, b.length);
    FloatRows.add(scratch.code, b.length, row, w, scratch.indices);
    FloatRows.rectify(scratch.code, b.length);
    return scratch.code;
  }

  /** The pre-output of a row without NaN, which is the scratch's own until the next call. */
  float[] output(float[] row, Scratch scratch) {
    float[] code = encode(row, scratch);
    System.arraycopy(c, 0, scratch.out, 0, c.length);
    FloatRows.add(scratch.out, c.length, code, v, scratch.indices);
    return scratch.out;
  }
}
