package io.github.dae4j.datasets;

import java.util.Random;

/** A stream of its own for each image, so that no image depends on another. */
final class ImageRandom {

  private ImageRandom() {}

  /** The stream of an image, in any order and on every machine the same (SplitMix64's mix). */
  static Random of(long seed, long index) {
    long z = seed * 0xD1342543DE82EF95L + index * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return new Random(z ^ (z >>> 31));
  }
}
