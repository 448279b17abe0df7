package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.report.Chart.Line;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Charts as the PNG files that are written, pixel by pixel. */
class ChartImageTest {

  private static final Color BLUE = new Color(0x00, 0x72, 0xb2);
  private static final Color ORANGE = new Color(0xd5, 0x5e, 0x00);
  private static final Color GREEN = new Color(0x00, 0x79, 0x5a);

  private final Map<String, double[]> sets = new LinkedHashMap<>();

  @Test
  void drawsALineForEachRun() {
    BufferedImage picture =
        epochs(
            new Line("corruption 0", 90, 70, 60), new Line("corruption 0.3", 100, Double.NaN, 80));
    assertThat(picture.getWidth()).isEqualTo(800);
    assertThat(picture.getHeight()).isEqualTo(500);
    assertThat(count(picture, BLUE)).isGreaterThan(300);
    assertThat(count(picture, ORANGE)).isPositive();
    assertThat(count(picture, GREEN)).isZero();
    assertThat(picture.getRGB(0, 0)).isEqualTo(Color.WHITE.getRGB());
  }

  @Test
  void aSingleEpochIsAPoint() {
    assertThat(count(epochs(new Line("corruption 0", 90)), BLUE)).isPositive();
  }

  @Test
  @Timeout(20)
  void hugeLossesAreLeftOut() {
    BufferedImage picture = epochs(new Line("corruption 0", 1e30, 70, -1e300, 60));
    assertThat(count(picture, BLUE)).isPositive();
  }

  @Test
  void drawsALineThroughAndADashedOne() {
    BufferedImage picture =
        counts(
            new int[] {100, 300, 1000, 5000},
            new Line("pretrained", 12, 8, 5, 3),
            new Line("from scratch", 22, 18, 15, 13)); // parallel
    assertThat(count(picture, ORANGE)).isGreaterThan(300);
    assertThat(count(picture, BLUE)).isGreaterThan(count(picture, ORANGE) * 5 / 4);
  }

  @Test
  void theScaleIsLogarithmic() {
    BufferedImage picture = counts(new int[] {10, 100, 1000}, new Line("x", 0, 50, 0));
    int[] row = columns(picture, BLUE, 60, 250); // near the peak
    int[] all = columns(picture, BLUE, 60, 470);
    int middle = (row[0] + row[1]) / 2;
    assertThat(middle).isBetween((all[0] + all[1]) / 2 - 60, (all[0] + all[1]) / 2 + 60);
  }

  @Test
  void deviationsAreBars() {
    int[] labels = {100, 1000};
    long without = count(counts(labels, new Line("x", 20, 10)), BLUE);
    long with =
        count(counts(labels, new Line("x", new double[] {20, 10}, new double[] {5, 5})), BLUE);
    assertThat(with).isGreaterThan(without + 50);
  }

  @Test
  @Timeout(20)
  void oneNumberOfLabelsAndNoErrorsAreDrawnToo() {
    assertThat(count(counts(new int[] {1}, new Line("x", 0)), BLUE)).isPositive();
    assertThat(count(counts(new int[] {300}, new Line("x", 100)), BLUE)).isPositive();
  }

  @Test
  void drawsEachSetAndTheThreshold() {
    sets.put("usual", new double[] {0, 0.1, 0.2, 0.2, 0.3});
    sets.put("unusual", new double[] {0.8, 1.9, 2});
    BufferedImage picture = scores(0.5);
    assertThat(count(picture, BLUE)).isGreaterThan(200);
    assertThat(count(picture, ORANGE)).isGreaterThan(200);
    assertThat(differing(picture, scores(1.5))).isGreaterThan(200);
  }

  @Test
  void scoresThatAreAllZeroHaveABarToo() {
    sets.put("usual", new double[] {0, 0});
    assertThat(count(scores(0), BLUE)).isPositive();
  }

  @Test
  void namesTheSetThatCannotBeDrawn() {
    for (double[] scores : new double[][] {{}, {1, Double.NaN}, {-1}}) {
      sets.put("usual", scores);
      assertThatThrownBy(() -> scores(1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "set 'usual' needs scores that are >= 0 and finite, got " + Arrays.toString(scores));
    }
    sets.put("usual", new double[] {1});
    assertThatThrownBy(() -> scores(Double.NaN))
        .hasMessage("set 'threshold' needs scores that are >= 0 and finite, got [NaN]");
  }

  /** Markup in a name is a text here too. */
  @Test
  void writesThePictureWithFoldersAboveItOrNothing(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("new/chart.png");
    Chart.overEpochs("<Loss> & \u4e09", "nats", List.of(new Line("a", Double.NaN))).write(file);
    assertThat(folder).isEmptyDirectory();
    Chart chart = Chart.overEpochs("<Loss> & \u4e09", "nats", List.of(new Line("a", 1, 2)));
    chart.write(file);
    assertThat(differing(ImageIO.read(file.toFile()), chart.image().orElseThrow())).isZero();
  }

  private static BufferedImage epochs(Line... lines) {
    return Chart.overEpochs("MNIST", "loss (nats)", List.of(lines)).image().orElseThrow();
  }

  private static BufferedImage counts(int[] counts, Line... lines) {
    return Chart.overCounts("drawn digits", "images", counts, "test error (%)", List.of(lines))
        .image()
        .orElseThrow();
  }

  private BufferedImage scores(double threshold) {
    return Chart.scores("Scores", sets, threshold).image().orElseThrow();
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
    return Arrays.stream(rgb(picture)).filter(pixel -> pixel == colour.getRGB()).count();
  }

  private static long differing(BufferedImage a, BufferedImage b) {
    int[] first = rgb(a);
    int[] second = rgb(b);
    return IntStream.range(0, first.length).filter(i -> first[i] != second[i]).count();
  }

  private static int[] rgb(BufferedImage picture) {
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }
}
