package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImageGridTest {

  @TempDir Path folder;

  @Test
  void rowsAreAsLongAsTheShortestAndAtMostTen() throws IOException {
    ImageGrid grid = ImageGrid.of("white", Nd4j.ones(12, 4));
    assertThat(grid.image().getWidth()).isEqualTo(width(10));
    assertThat(grid.row("black", Nd4j.zeros(3, 4)).image().getWidth()).isEqualTo(width(3));

    Path file = folder.resolve("new/grid.png");
    grid.row("black", Nd4j.zeros(3, 4)).write(file);
    BufferedImage picture = ImageIO.read(file.toFile());
    int x = ExampleRows.LABEL_WIDTH + 1;
    assertThat(grey(picture, x, ExampleRows.MARGIN + 1)).isEqualTo(255);
    assertThat(grey(picture, x, ExampleRows.MARGIN + 4 + ExampleRows.SPACING + 1)).isZero();
  }

  @Test
  void aGridDoesNotChangeWhenARowIsAdded() {
    ImageGrid one = ImageGrid.of("a", Nd4j.ones(2, 4));
    int height = one.image().getHeight();
    assertThat(one.row("b", Nd4j.ones(2, 4)).image().getHeight()).isGreaterThan(height);
    assertThat(one.image().getHeight()).isEqualTo(height);
  }

  @Test
  void imagesThatAreNotSquareNeedTheirShape() {
    INDArray images = Nd4j.ones(DataType.FLOAT, 2, 6);
    assertThat(ImageGrid.of("a", images, 2, 3).image().getHeight())
        .isEqualTo(2 * ExampleRows.MARGIN + 4);
    assertThatThrownBy(() -> ImageGrid.of("a", images))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "images of row 'a' must be [n, side * side], got [2, 6]; give height and width for others");
    ImageGrid square = ImageGrid.of("a", Nd4j.ones(2, 4)).row("b", images);
    assertThatThrownBy(square::image).hasMessageStartingWith("b examples must be ");
  }

  @Test
  void filtersAreTiles() throws IOException {
    Path file = folder.resolve("filters.png");
    ImageGrid.writeFilters(Nd4j.rand(9, 5), file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(2 * (10 * 4 - 1));
    assertThatThrownBy(() -> ImageGrid.writeFilters(Nd4j.rand(8, 5), file))
        .hasMessageStartingWith("nIn must be a square");
  }

  private static int width(int columns) {
    return ExampleRows.LABEL_WIDTH
        + columns * (4 + ExampleRows.SPACING)
        - ExampleRows.SPACING
        + ExampleRows.MARGIN;
  }

  private static int grey(BufferedImage picture, int x, int y) {
    return picture.getRaster().getSample(x, y, 0);
  }
}
