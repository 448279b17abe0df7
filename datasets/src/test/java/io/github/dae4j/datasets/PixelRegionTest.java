package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelRegionTest {

  private static final int SIDE = 28;

  /** Pixels are row:column. */
  @ParameterizedTest
  @CsvSource({
    "'', true",
    "0:0, true",
    "0:0 0:1 1:0 1:1, true",
    "0:0 0:2, false", // between them in a row
    "0:0 2:0, false", // in a column
    "0:0 2:2, false", // on a diagonal
    "0:2 2:0, false", // on the other
    "0:27 27:0 1:26, false", // from corner to corner
    "3:3 7:5, false", // 5:4 is halfway
    "3:5 7:3, false",
    "3:3 5:4 7:5, true",
    "3:3 8:5, true", // no pixel's centre is between
    "0:0 9:6, false", // 3:2 and 6:4
    "0:0 3:2 9:6, false",
    "0:0 3:2 6:4 9:6, true",
  })
  void whatIsBetweenTwoWhitePixelsIsWhiteInAConvexRegion(String pixels, boolean isConvex) {
    PixelRegion region = PixelRegion.empty();
    for (String pixel : pixels.isEmpty() ? new String[0] : pixels.split(" ")) {
      String[] place = pixel.split(":");
      region.add(Integer.parseInt(place[0]), Integer.parseInt(place[1]));
    }
    assertThat(region.isConvex()).isEqualTo(isConvex);
  }

  @Test
  void theWholeImageIsConvexAndWithoutAnInnerPixelItIsNot() {
    PixelRegion whole = PixelRegion.whole();
    assertThat(whole.isConvex()).isTrue();
    assertThat(whole.size()).isEqualTo(784);
    PixelRegion holed = PixelRegion.empty();
    for (int i = 0; i < 784; i++) {
      if (i != 14 * SIDE + 1) {
        holed.add(i / SIDE, i % SIDE);
      }
    }
    assertThat(holed.size()).isEqualTo(783);
    assertThat(holed.isConvex()).isFalse();
  }

  /** Regions that are nearly convex: intersections of half-planes, one pixel of which is turned. */
  @Test
  void agreesWithATestOfEveryPairOfPixels() {
    Random random = new Random(5);
    int convex = 0;
    for (int trial = 0; trial < 300; trial++) {
      PixelRegion region = PixelRegion.whole();
      for (int i = 0; i < 3; i++) {
        region.intersect(HalfPlane.draw(random));
      }
      region.add(random.nextInt(SIDE), random.nextInt(SIDE));
      assertThat(region.isConvex()).isEqualTo(EveryPair.isConvex(white(region)));
      convex += region.isConvex() ? 1 : 0;
    }
    assertThat(convex).isBetween(50, 250);
  }

  @Test
  void aHalfPlaneHasThePixelsWhoseCentresAreOnItsSide() {
    Random random = new Random(6);
    for (int trial = 0; trial < 200; trial++) {
      HalfPlane plane = HalfPlane.draw(random);
      PixelRegion region = PixelRegion.whole();
      region.intersect(plane);
      boolean[] white = white(region);
      for (int i = 0; i < white.length; i++) {
        double side = (i % SIDE + 0.5) * plane.cos() + (i / SIDE + 0.5) * plane.sin();
        assertThat(white[i]).isEqualTo(side >= plane.distance());
      }
    }
  }

  private static boolean[] white(PixelRegion region) {
    byte[] grey = new byte[SIDE * SIDE];
    region.copyTo(grey, 0);
    boolean[] white = new boolean[grey.length];
    for (int i = 0; i < grey.length; i++) {
      white[i] = grey[i] != 0;
    }
    return white;
  }
}
