package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RectangleImagesTest {

  private static final int SIDE = 28;
  private static final ImageSet DRAWN = RectangleImages.draw(5000, 7);
  private static final float[][] IMAGES = DRAWN.images().toFloatMatrix();

  /** The least rectangle around the white pixels. */
  private record Box(int top, int left, int height, int width) {

    static Box around(float[] image) {
      IntSummaryStatistics rows = range(image, i -> i / SIDE);
      IntSummaryStatistics columns = range(image, i -> i % SIDE);
      return new Box(
          rows.getMin(),
          columns.getMin(),
          rows.getMax() - rows.getMin() + 1,
          columns.getMax() - columns.getMin() + 1);
    }

    private static IntSummaryStatistics range(float[] image, ToIntFunction<Integer> place) {
      return IntStream.range(0, image.length)
          .filter(i -> image[i] != 0)
          .map(place::applyAsInt)
          .summaryStatistics();
    }

    boolean isOnEdge(int row, int column) {
      boolean isInside =
          row > top && row < top + height - 1 && column > left && column < left + width - 1;
      boolean isAround =
          row < top || row >= top + height || column < left || column >= left + width;
      return !isInside && !isAround;
    }
  }

  @Test
  void theSameSeedDrawsTheSameAndDrawingMoreOnlyAdds() {
    ImageSet fewer = RectangleImages.draw(1000, 7);
    assertThat(fewer.images().toFloatMatrix()).isDeepEqualTo(Arrays.copyOf(IMAGES, 1000));
    assertThat(fewer.labels()).isEqualTo(Arrays.copyOf(DRAWN.labels(), 1000));
    assertThat(Arrays.deepEquals(RectangleImages.draw(5000, 8).images().toFloatMatrix(), IMAGES))
        .isFalse();
  }

  /** Guards against drawing otherwise on another machine or Java; measured on Linux x86-64. */
  @Test
  void everyMachineDrawsTheSame() {
    assertThat(Arrays.stream(IMAGES).map(FloatBuffer::wrap).toList().hashCode())
        .isEqualTo(1057942300);
  }

  @Test
  void eachIsTheWhiteOutlineOfARectangleThatIsTallOrWideAsItsLabelSays() {
    for (int image = 0; image < IMAGES.length; image++) {
      Box box = Box.around(IMAGES[image]);
      assertThat(Math.abs(box.height() - box.width())).isGreaterThanOrEqualTo(3);
      assertThat(DRAWN.labels()[image])
          .isEqualTo(box.height() > box.width() ? RectangleImages.TALL : 1 - RectangleImages.TALL);
      for (int i = 0; i < SIDE * SIDE; i++) {
        assertThat(IMAGES[image][i]).isEqualTo(box.isOnEdge(i / SIDE, i % SIDE) ? 1 : 0);
      }
    }
  }

  @Test
  void bothClassesAndAllSizesAndPlacesOccur() {
    assertThat(Arrays.stream(DRAWN.labels()).average().orElseThrow()).isBetween(0.47, 0.53);
    assertThat(values(Box::height)).hasSize(SIDE).contains(1, SIDE);
    assertThat(values(Box::width)).hasSize(SIDE).contains(1, SIDE);
    assertThat(values(Box::top)).hasSize(SIDE).contains(0, SIDE - 1);
    assertThat(values(Box::left)).hasSize(SIDE).contains(0, SIDE - 1);
    assertThat(mean(Box::height)).isBetween(14.0, 15.0);
    assertThat(mean(box -> 2 * box.left() + box.width())).isBetween(27.5, 28.5);
  }

  /** There are 128,700 rectangles, and large ones have few places: some come twice. */
  @Test
  void fewImagesAreAlike() {
    Set<Box> first = new HashSet<>();
    Arrays.stream(IMAGES, 0, 1000).map(Box::around).forEach(first::add);
    long known = Arrays.stream(IMAGES, 1000, 5000).map(Box::around).filter(first::contains).count();
    assertThat(known / 4000.0).isBetween(0.015, 0.035);
  }

  @Test
  void rejectsCountsItCannotDraw() {
    for (int count : new int[] {-1, 0, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RectangleImages.draw(count, 1))
          .withMessage("RectangleImages count must be in [1, 2739137], got " + count);
    }
  }

  private static Set<Integer> values(ToIntFunction<Box> part) {
    Set<Integer> values = new HashSet<>();
    Arrays.stream(IMAGES).map(Box::around).forEach(box -> values.add(part.applyAsInt(box)));
    return values;
  }

  private static double mean(ToIntFunction<Box> part) {
    return Arrays.stream(IMAGES).map(Box::around).mapToInt(part).average().orElseThrow();
  }
}
