package io.github.dae4j.internal.compute;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The cells of an array of which {@link HostMemory#holdsRows} is true, for any number of threads at
 * a time: copies from and to them without a call of native code.
 */
final class HostBuffer {

  /** ND4J frees memory when the array is collected, whatever else still points there. */
  private final INDArray owner;

  private final FloatBuffer numbers;
  private final IntBuffer bits;

  HostBuffer(INDArray array) {
    owner = array;
    ByteBuffer bytes = new HostMemory.Address(array).capacity(array.length()).asByteBuffer();
    numbers = bytes.asFloatBuffer();
    bits = bytes.asIntBuffer();
  }

  /** The first n numbers of {@code to} become those of the cells from one on. */
  void read(long first, float[] to, int n) {
    numbers.get((int) first, to, 0, n);
    Reference.reachabilityFence(owner);
  }

  float get(long cell) {
    float number = numbers.get((int) cell);
    Reference.reachabilityFence(owner);
    return number;
  }

  void write(float[] from, long first, int n) {
    numbers.put((int) first, from, 0, n);
    Reference.reachabilityFence(owner);
  }

  /** All become those of another array from one of its cells on. */
  void copy(HostBuffer from, long first) {
    numbers.put(0, from.numbers, (int) first, numbers.capacity());
    Reference.reachabilityFence(owner);
    Reference.reachabilityFence(from.owner);
  }

  /** As {@link #read}, the numbers' bits. */
  void readBits(long first, int[] to, int n) {
    bits.get((int) first, to, 0, n);
    Reference.reachabilityFence(owner);
  }

  void writeBits(int[] from, long first, int n) {
    bits.put((int) first, from, 0, n);
    Reference.reachabilityFence(owner);
  }
}
