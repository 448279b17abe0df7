package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DrawnDigitsTest {

  private static final ImageSet DRAWN = DrawnDigits.draw(3000, 7);

  @Test
  void theSameSeedDrawsTheSame() {
    ImageSet again = DrawnDigits.draw(3000, 7);
    assertThat(again.images()).isEqualTo(DRAWN.images());
    assertThat(again.labels()).isEqualTo(DRAWN.labels());
    assertThat(DrawnDigits.draw(3000, 8).images()).isNotEqualTo(DRAWN.images());
  }

  /** Guards against drawing otherwise on another machine or Java; measured on Linux x86-64. */
  @Test
  void everyMachineDrawsTheSame() {
    assertThat(Arrays.hashCode(bytes(DRAWN.first(1000).images()))).isEqualTo(-232210900);
    assertThat(DRAWN.first(10).labels()).containsExactly(5, 8, 9, 0, 2, 7, 6, 4, 3, 1);
  }

  @Test
  void drawingMoreOnlyAdds() {
    for (int count : new int[] {1, 10, 123}) {
      ImageSet fewer = DrawnDigits.draw(count, 7);
      assertThat(fewer.images()).isEqualTo(DRAWN.first(count).images());
      assertThat(fewer.labels()).isEqualTo(DRAWN.first(count).labels());
    }
  }

  @Test
  void threadsDoNotMatter() {
    List<INDArray> drawn =
        IntStream.range(0, 4).parallel().mapToObj(i -> DrawnDigits.draw(500, 7).images()).toList();
    assertThat(drawn).allMatch(DRAWN.first(500).images()::equals);
  }

  @Test
  void everyTenImagesHoldEveryDigitInAnOrderOfTheirOwn() {
    Set<List<Integer>> orders = new HashSet<>();
    for (int i = 0; i < DRAWN.size(); i += 10) {
      List<Integer> ten = Arrays.stream(DRAWN.range(i, i + 10).labels()).boxed().toList();
      assertThat(ten).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      orders.add(ten);
    }
    assertThat(orders).hasSizeGreaterThan(290);
  }

  @Test
  void greyValuesAreThoseOfHandwriting() {
    INDArray images = DRAWN.images();
    assertThat(images.minNumber().floatValue()).isZero();
    assertThat(images.maxNumber().floatValue()).isEqualTo(1);
    INDArray ink = images.mean(1);
    assertThat(ink.meanNumber().doubleValue()).isBetween(0.11, 0.14);
    assertThat(ink.minNumber().doubleValue()).isGreaterThan(0.015);
    assertThat(ink.maxNumber().doubleValue()).isLessThan(0.40);
    assertThat(images.max(1).minNumber().doubleValue()).isGreaterThan(0.9);
    INDArray saturated = images.gt(0.98).castTo(images.dataType());
    assertThat(saturated.meanNumber().doubleValue()).isBetween(0.04, 0.09);
  }

  @Test
  void theCentreOfMassIsInTheMiddle() {
    INDArray squares = DRAWN.images().reshape(DRAWN.size(), 28, 28);
    INDArray positions = Nd4j.arange(28).addi(0.5);
    for (int axis = 1; axis <= 2; axis++) {
      INDArray profile = squares.sum(3 - axis);
      INDArray centre =
          profile
              .mmul(positions.castTo(profile.dataType()).reshape(28, 1))
              .div(profile.sum(true, 1));
      assertThat(centre.minNumber().doubleValue()).isGreaterThan(12.5);
      assertThat(centre.maxNumber().doubleValue()).isLessThan(15.5);
    }
  }

  @Test
  void noTwoImagesAreAlike() {
    Set<Integer> distinct = new HashSet<>();
    for (int i = 0; i < DRAWN.size(); i++) {
      distinct.add(Arrays.hashCode(bytes(DRAWN.range(i, i + 1).images())));
    }
    assertThat(distinct).hasSize(DRAWN.size());
  }

  /** The digits can be told apart, but not by one form each: 1-nearest neighbour, 2500 to 500. */
  @Test
  void theDigitsAreLegibleAndVaried() {
    assertThat(nearestNeighbour(DRAWN.first(2500), DRAWN.range(2500, 3000))).isBetween(0.94, 0.995);
    assertThat(nearestNeighbour(DRAWN.first(50), DRAWN.range(2500, 3000))).isLessThan(0.85);
  }

  @Test
  void rejectsCountsItCannotDraw() {
    for (int count : new int[] {-1, 0, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DrawnDigits.draw(count, 1))
          .withMessage("DrawnDigits count must be in [1, 2739137], got " + count);
    }
  }

  private static double nearestNeighbour(ImageSet known, ImageSet asked) {
    INDArray squares = known.images().mul(known.images()).sum(1);
    INDArray distances =
        asked.images().mmul(known.images().transpose()).muli(-2).addiRowVector(squares);
    long[] nearest = Nd4j.argMin(distances, 1).toLongVector();
    return IntStream.range(0, nearest.length)
            .filter(i -> known.labels()[(int) nearest[i]] == asked.labels()[i])
            .count()
        / (double) nearest.length;
  }

  private static byte[] bytes(INDArray images) {
    float[] values = images.dup().data().asFloat();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(255 * values[i]);
    }
    return bytes;
  }
}
