package io.github.dae4j.datasets;

import java.util.Arrays;

/** The white pixels of a square image, a bit for each; bit 0 of a row is the left column. */
final class PixelRegion {

  private static final int SIDE = DrawnDigits.SIDE;
  private static final int FULL_ROW = -1 >>> (Integer.SIZE - SIDE);
  private static final byte WHITE = (byte) 255;

  private final int[] rows = new int[SIDE];

  static PixelRegion empty() {
    return new PixelRegion();
  }

  /** The whole image. */
  static PixelRegion whole() {
    PixelRegion whole = new PixelRegion();
    Arrays.fill(whole.rows, FULL_ROW);
    return whole;
  }

  /** Makes a pixel white. */
  void add(int row, int column) {
    rows[row] |= 1 << column;
  }

  /** Makes all pixels white that are in the other one. */
  void unite(PixelRegion other) {
    for (int row = 0; row < SIDE; row++) {
      rows[row] |= other.rows[row];
    }
  }

  /** Leaves the pixels whose centres are in a half-plane. */
  void intersect(HalfPlane plane) {
    for (int row = 0; row < SIDE; row++) {
      rows[row] &= plane.columns(row);
    }
  }

  /** How many pixels are white. */
  int size() {
    return Arrays.stream(rows).map(Integer::bitCount).sum();
  }

  /** Whether all pixels are white whose centres lie between those of two white ones. */
  boolean isConvex() {
    if (Arrays.stream(rows).anyMatch(PixelRegion::isBroken)) {
      return false;
    }
    for (int down = 1; 2 * down < SIDE; down++) {
      for (int right = -(SIDE - 1) / 2; 2 * right < SIDE; right++) {
        if (isShortest(down, right) && hasGap(down, right)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether the bits of a row are more than one run. */
  private static boolean isBroken(int row) {
    int run = row >>> Integer.numberOfTrailingZeros(row);
    return (run & (run + 1)) != 0;
  }

  /** Whether a step passes no pixel's centre on its way: the two numbers have no divisor. */
  private static boolean isShortest(int down, int right) {
    int divisor = down;
    for (int rest = Math.abs(right); rest != 0; ) {
      int next = divisor % rest;
      divisor = rest;
      rest = next;
    }
    return divisor == 1;
  }

  /** Whether a walk by such steps meets a black pixel between two white ones. */
  private boolean hasGap(int down, int right) {
    int[] below = new int[SIDE]; // pixels from which the walk meets a white one
    for (int row = SIDE - 1 - down; row >= 0; row--) {
      below[row] = shift(rows[row + down] | below[row + down], -right);
    }
    int[] above = new int[SIDE]; // pixels to which it comes from a white one
    for (int row = down; row < SIDE; row++) {
      above[row] = shift(rows[row - down] | above[row - down], right);
      if ((above[row] & ~rows[row] & below[row]) != 0) {
        return true;
      }
    }
    return false;
  }

  private static int shift(int row, int right) {
    return (right >= 0 ? row << right : row >>> -right) & FULL_ROW;
  }

  /** Writes the pixels as grey bytes, 255 for white, row by row. */
  void copyTo(byte[] grey, int offset) {
    for (int i = 0; i < SIDE * SIDE; i++) {
      if ((rows[i / SIDE] >>> (i % SIDE) & 1) != 0) {
        grey[offset + i] = WHITE;
      }
    }
  }
}
