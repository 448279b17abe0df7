package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.report.LabelCurves.Line;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LabelCurvesTest {

  private static final Color FIRST = new Color(0x00, 0x72, 0xb2);
  private static final Color SECOND = new Color(0xd5, 0x5e, 0x00);

  @Test
  void drawsALineThroughAndADashedOne() {
    BufferedImage picture =
        picture(
            new int[] {100, 300, 1000, 5000},
            new Line("pretrained", new double[] {12, 8, 5, 3}, null),
            new Line("from scratch", new double[] {22, 18, 15, 13}, null)); // parallel
    assertThat(picture.getWidth()).isEqualTo(800);
    assertThat(count(picture, SECOND)).isGreaterThan(300);
    assertThat(count(picture, FIRST)).isGreaterThan(count(picture, SECOND) * 5 / 4);
  }

  @Test
  void theScaleIsLogarithmic() {
    BufferedImage picture =
        picture(new int[] {10, 100, 1000}, new Line("x", new double[] {0, 50, 0}, null));
    int[] row = columns(picture, FIRST, 150, 250); // near the peak, below title and legend
    int[] all = columns(picture, FIRST, 150, 470);
    int middle = (row[0] + row[1]) / 2;
    assertThat(middle).isBetween((all[0] + all[1]) / 2 - 60, (all[0] + all[1]) / 2 + 60);
  }

  @Test
  void deviationsAreBars() {
    int[] labels = {100, 1000};
    long without = count(picture(labels, new Line("x", new double[] {20, 10}, null)), FIRST);
    long with =
        count(picture(labels, new Line("x", new double[] {20, 10}, new double[] {5, 5})), FIRST);
    assertThat(with).isGreaterThan(without + 50);
  }

  @Test
  @Timeout(20)
  void oneNumberOfLabelsAndNoErrorsAreDrawnToo() {
    assertThat(count(picture(new int[] {1}, new Line("x", new double[] {0}, null)), FIRST))
        .isPositive();
    assertThat(count(picture(new int[] {300}, new Line("x", new double[] {100}, null)), FIRST))
        .isPositive();
  }

  @Test
  void namesTheLineThatDoesNotFit() {
    assertThatThrownBy(() -> picture(new int[] {10, 20}, new Line("x", new double[] {1}, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 'x' needs 2 errors, got 1");
  }

  private static BufferedImage picture(int[] labels, Line... lines) {
    return LabelCurves.image("drawn digits", "images", labels, List.of(lines));
  }

  /** The leftmost and the rightmost column with this colour between two rows. */
  private static int[] columns(BufferedImage picture, Color colour, int from, int to) {
    int[] found =
        IntStream.range(0, picture.getWidth())
            .filter(
                x ->
                    IntStream.range(from, to)
                        .anyMatch(y -> picture.getRGB(x, y) == colour.getRGB()))
            .toArray();
    return new int[] {found[0], found[found.length - 1]};
  }

  private static long count(BufferedImage picture, Color colour) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).filter(pixel -> pixel == colour.getRGB()).count();
  }
}
