package io.github.dae4j.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The convex hull of the white pixels' centres, of a square of 28 x 28.
 *
 * @param corners x and y, around the hull
 */
record Hull(float[] image, List<int[]> corners) {

  private static final int SIDE = 28;

  /** By Andrew's monotone chain: the lower half from the left, then the upper half back. */
  static Hull of(float[] image) {
    List<int[]> corners = new ArrayList<>();
    for (int direction : new int[] {1, -1}) {
      int start = corners.size();
      for (int i = 0; i < image.length; i++) {
        int at = direction > 0 ? i : image.length - 1 - i;
        if (image[at % SIDE * SIDE + at / SIDE] == 1) { // by columns
          add(new int[] {at / SIDE, at % SIDE}, start, corners);
        }
      }
      corners.remove(corners.size() - 1); // the other half begins with it
    }
    return new Hull(image, corners);
  }

  private static void add(int[] point, int start, List<int[]> corners) {
    int last = corners.size() - 1;
    while (last > start && cross(corners.get(last - 1), corners.get(last), point) <= 0) {
      corners.remove(last--);
    }
    corners.add(point);
  }

  private static int cross(int[] from, int[] to, int[] point) {
    return (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]);
  }

  /** Whether there is no black pixel in it. */
  boolean isFilled() {
    return IntStream.range(0, image.length)
        .noneMatch(i -> image[i] == 0 && holds(i % SIDE, i / SIDE));
  }

  private boolean holds(int x, int y) {
    int[] point = {x, y};
    return isBetween(x, corners.stream().mapToInt(corner -> corner[0]).toArray())
        && isBetween(y, corners.stream().mapToInt(corner -> corner[1]).toArray())
        && IntStream.range(0, corners.size())
            .allMatch(
                i -> cross(corners.get(i), corners.get((i + 1) % corners.size()), point) >= 0);
  }

  /** All points of a line have no side. */
  private static boolean isBetween(int value, int... ends) {
    return IntStream.of(ends).anyMatch(end -> end <= value)
        && IntStream.of(ends).anyMatch(end -> end >= value);
  }
}
