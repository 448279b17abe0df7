package io.github.dae4j.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DrawingTest {

  @Test
  void imagesLieInRowsWithAPixelBetweenThem() throws IOException {
    Raster pixels =
        read(new Tiles(2, 1, 2).png(new double[][] {{0, 1}, {0.5, 2}, {-1, Double.NaN}}));
    assertThat(pixels.getWidth()).isEqualTo(5);
    assertThat(pixels.getHeight()).isEqualTo(3);
    assertThat(pixels.getSamples(0, 0, 5, 1, 0, (int[]) null)).containsExactly(0, 255, 0, 128, 255);
    assertThat(pixels.getSamples(0, 2, 5, 1, 0, (int[]) null)).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void filtersAreScaledOneByOneAndAConstantOneIsBlack() throws IOException {
    Raster pixels = read(new Tiles(2, 1, 2).scaled(new double[][] {{-3, 5}, {7, 7}}));
    assertThat(pixels.getSamples(0, 0, 5, 1, 0, (int[]) null)).containsExactly(0, 255, 0, 0, 0);
  }

  private static Raster read(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    return picture.getRaster();
  }

  @Test
  void aCurveHasAllScoresUntilTheyAreTooManyThenTheirMeans() {
    ScoreCurve curve = new ScoreCurve();
    curve.add(Double.NaN);
    for (int i = 0; i < ScoreCurve.MOST - 1; i++) {
      curve.add(i);
    }
    assertThat(curve.iterations()).isEqualTo(1);
    assertThat(curve.means()).hasSize(ScoreCurve.MOST - 1).startsWith(0.0, 1.0);
    for (int i = ScoreCurve.MOST - 1; i < ScoreCurve.MOST + 3; i++) {
      curve.add(i);
    }
    assertThat(curve.iterations()).isEqualTo(2);
    assertThat(curve.means()).hasSize(ScoreCurve.MOST / 2 + 1).startsWith(0.5, 2.5).endsWith(200.5);
  }

  @Test
  void examplesMustFit() {
    INDArray six = Nd4j.zeros(DataType.FLOAT, 2, 6);
    assertThat(new ImageExamples(six, six, 2, 3).width()).isEqualTo(3);
    assertThatThrownBy(() -> new ImageExamples(six, six, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ImageExamples clean must be [images, 4] (2 x 2 pixels), got [2, 6]");
    assertThatThrownBy(() -> new ImageExamples(six, Nd4j.zeros(DataType.FLOAT, 3, 4), 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ImageExamples corrupted must be [images, 6] (2 x 3 pixels), got [3, 4]");
  }
}
