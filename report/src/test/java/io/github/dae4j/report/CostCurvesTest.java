package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CostCurvesTest {

  private final Map<String, double[]> runs = new LinkedHashMap<>();

  @Test
  void drawsALineForEachRun() {
    runs.put("corruption 0", new double[] {90, 70, 60});
    runs.put("corruption 0.3", new double[] {100, Double.NaN, 80});

    BufferedImage picture = CostCurves.image("MNIST", runs);

    assertThat(count(picture, new Color(0x00, 0x72, 0xb2))).isGreaterThan(300);
    assertThat(count(picture, new Color(0xd5, 0x5e, 0x00))).isGreaterThan(300);
    assertThat(count(picture, new Color(0x00, 0x9e, 0x73))).isZero();
  }

  @Test
  void aSingleEpochIsAPoint() {
    runs.put("corruption 0", new double[] {90});

    assertThat(count(CostCurves.image("MNIST", runs), new Color(0x00, 0x72, 0xb2))).isPositive();
  }

  @Test
  void namesTheRunWithoutCosts() {
    assertThatThrownBy(() -> CostCurves.image("MNIST", runs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("CostCurves needs at least 1 run, got none");

    runs.put("corruption 0.9", new double[] {Double.NaN, Double.POSITIVE_INFINITY});
    assertThatThrownBy(() -> CostCurves.image("MNIST", runs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("run 'corruption 0.9' needs a cost within 1e12, got [NaN, Infinity]");
  }

  @Test
  @Timeout(20) // the chart alone would compute for hours
  void hugeCostsAreLeftOut() {
    Map<String, double[]> runs = new LinkedHashMap<>();
    runs.put("corruption 0", new double[] {1e30, 70, -1e300, 60});
    assertThat(CostCurves.image("MNIST", runs).getWidth()).isEqualTo(800);
    assertThatThrownBy(() -> CostCurves.image("MNIST", Map.of("x", new double[] {1e30})))
        .hasMessage("run 'x' needs a cost within 1e12, got [1.0E30]");
  }

  private static long count(BufferedImage picture, Color colour) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).filter(pixel -> pixel == colour.getRGB()).count();
  }
}
