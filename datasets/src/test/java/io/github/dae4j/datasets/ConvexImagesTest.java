package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConvexImagesTest {

  private static final int SIDE = 28;
  private static final ImageSet DRAWN = ConvexImages.draw(3000, 7);
  private static final float[][] IMAGES = DRAWN.images().toFloatMatrix();

  @Test
  void theSameSeedDrawsTheSameAndDrawingMoreOnlyAdds() {
    ImageSet fewer = ConvexImages.draw(1000, 7);
    assertThat(fewer.images().toFloatMatrix()).isDeepEqualTo(Arrays.copyOf(IMAGES, 1000));
    assertThat(fewer.labels()).isEqualTo(Arrays.copyOf(DRAWN.labels(), 1000));
    assertThat(ConvexImages.draw(100, 8).images().toFloatMatrix())
        .isNotEqualTo(Arrays.copyOf(IMAGES, 100));
  }

  /** Guards against drawing otherwise on another machine or Java; measured on Linux x86-64. */
  @Test
  void everyMachineDrawsTheSame() {
    assertThat(Arrays.stream(IMAGES).map(FloatBuffer::wrap).toList().hashCode())
        .isEqualTo(-954448618);
  }

  @Test
  void pixelsAreBlackOrWhiteAndEnough() {
    for (int i = 0; i < IMAGES.length; i++) {
      for (float pixel : IMAGES[i]) {
        assertThat(pixel == 0 || pixel == 1).isTrue();
      }
      assertThat(white(i))
          .isGreaterThanOrEqualTo(DRAWN.labels()[i] == ConvexImages.CONVEX ? 19 : 10);
    }
    assertThat(IntStream.range(0, IMAGES.length).map(ConvexImagesTest::white).min().orElseThrow())
        .isLessThan(40);
  }

  /** By another way than the generator's: whether the convex hull has a black pixel's centre. */
  @Test
  void aRegionIsLabelledConvexIfItsHullHoldsNoOtherPixel() {
    for (int i = 0; i < IMAGES.length; i++) {
      assertThat(Hull.of(IMAGES[i]).isFilled())
          .as("image %d", i)
          .isEqualTo(DRAWN.labels()[i] == ConvexImages.CONVEX);
    }
  }

  /** The authors balanced theirs, by the parameters that are used here. */
  @Test
  void theClassesAreBalancedInNumberAndInTheirMeanArea() {
    assertThat(Arrays.stream(DRAWN.labels()).average().orElseThrow()).isBetween(0.47, 0.53);
    double[] area = {meanArea(0), meanArea(1)};
    assertThat(area[0]).isBetween(430.0, 475.0);
    assertThat(area[1]).isBetween(420.0, 475.0);
  }

  /** An intersection of no half-planes: what is rejected in favour of it makes it 0.195 or more. */
  @Test
  void aThirdOfTheConvexImagesIsWhite() {
    long convex = Arrays.stream(DRAWN.labels()).sum();
    long whole = IntStream.range(0, IMAGES.length).filter(i -> white(i) == SIDE * SIDE).count();
    assertThat(whole / (double) convex).isBetween(0.30, 0.38);
  }

  @Test
  void imagesThatAreNotWhiteAreNearlyAllDifferent() {
    Set<FloatBuffer> distinct = new HashSet<>();
    int[] others = IntStream.range(0, IMAGES.length).filter(i -> white(i) < SIDE * SIDE).toArray();
    Arrays.stream(others).forEach(i -> distinct.add(FloatBuffer.wrap(IMAGES[i])));
    assertThat(distinct.size() / (double) others.length).isGreaterThan(0.98);
  }

  @Test
  void rejectsCountsItCannotDraw() {
    for (int count : new int[] {-1, 0, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConvexImages.draw(count, 1))
          .withMessage("ConvexImages count must be in [1, 2739137], got " + count);
    }
  }

  private static int white(int image) {
    int count = 0;
    for (float pixel : IMAGES[image]) {
      count += (int) pixel;
    }
    return count;
  }

  private static double meanArea(int label) {
    return IntStream.range(0, IMAGES.length)
        .filter(i -> DRAWN.labels()[i] == label)
        .map(ConvexImagesTest::white)
        .average()
        .orElseThrow();
  }
}
