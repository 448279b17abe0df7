package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {

  private static final Color BLUE = new Color(0x00, 0x72, 0xb2);
  private static final Color ORANGE = new Color(0xd5, 0x5e, 0x00);

  private final Map<String, double[]> sets = new LinkedHashMap<>();

  @Test
  void drawsEachSetAndTheThreshold() {
    sets.put("usual", new double[] {0, 0.1, 0.2, 0.2, 0.3});
    sets.put("unusual", new double[] {0.8, 1.9, 2});
    BufferedImage picture = ScoreHistogram.image("Scores", sets, 0.5);
    assertThat(count(picture, BLUE)).isGreaterThan(200);
    assertThat(count(picture, ORANGE)).isGreaterThan(200);
    assertThat(differing(picture, ScoreHistogram.image("Scores", sets, 1.5))).isGreaterThan(200);
  }

  @Test
  void scoresThatAreAllZeroHaveABarToo() {
    sets.put("usual", new double[] {0, 0});
    assertThat(count(ScoreHistogram.image("Scores", sets, 0), BLUE)).isPositive();
  }

  @Test
  void namesTheSetThatCannotBeDrawn() {
    for (double[] scores : new double[][] {{}, {1, Double.NaN}, {-1}}) {
      sets.put("usual", scores);
      assertThatThrownBy(() -> ScoreHistogram.image("Scores", sets, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "set 'usual' needs scores that are >= 0 and finite, got " + Arrays.toString(scores));
    }
  }

  private static long count(BufferedImage picture, Color colour) {
    return Arrays.stream(rgb(picture)).filter(pixel -> pixel == colour.getRGB()).count();
  }

  private static long differing(BufferedImage a, BufferedImage b) {
    int[] first = rgb(a);
    int[] second = rgb(b);
    int differing = 0;
    for (int i = 0; i < first.length; i++) {
      differing += first[i] == second[i] ? 0 : 1;
    }
    return differing;
  }

  private static int[] rgb(BufferedImage picture) {
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }
}
