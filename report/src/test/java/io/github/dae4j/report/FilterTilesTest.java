package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FilterTilesTest {

  private final FilterTiles twoByTwo = new FilterTiles(2, 2, 2, 2);

  @Test
  void scalesEachFilterOnItsOwnAndLeavesABlackPixelBetween() {
    // One column is one filter, row by row of its pixels; the fourth tile has none.
    INDArray weights =
        Nd4j.createFromArray(
            new double[][] {{-1, 0, 50}, {0, 100, 50}, {1, 200, 50}, {0.5, 1000, 50}});

    assertThat(Pixels.of(twoByTwo.image(weights)))
        .isDeepEqualTo(
            new int[][] {
              {0, 127, 0, 0, 25},
              {255, 191, 0, 51, 255},
              {0, 0, 0, 0, 0},
              {0, 0, 0, 0, 0},
              {0, 0, 0, 0, 0},
            });
  }

  @Test
  void readsAFilterTallerThanWideRowByRow() {
    INDArray weights = Nd4j.createFromArray(new float[][] {{0}, {1}, {2}, {3}, {4}, {5}});

    assertThat(Pixels.of(new FilterTiles(1, 1, 3, 2).image(weights)))
        .isDeepEqualTo(new int[][] {{0, 51}, {102, 153}, {204, 255}});
  }

  @Test
  void showsTheFirstFiltersIfThereAreMoreThanTiles() {
    INDArray weights = Nd4j.createFromArray(new double[][] {{0, 9, 9}, {5, 0, 0}});

    assertThat(Pixels.of(new FilterTiles(1, 2, 1, 2).image(weights)))
        .isDeepEqualTo(new int[][] {{0, 255, 0, 255, 0}});
  }

  @Test
  void hundredMnistFiltersMakeThePictureOfTheTutorial() {
    BufferedImage picture = FilterTiles.square(784).image(Nd4j.rand(784, 120));

    assertThat(picture.getWidth()).isEqualTo(289);
    assertThat(picture.getHeight()).isEqualTo(289);
    assertThat(picture.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
  }

  @Test
  void refusesWeightsOfAnotherShape() {
    assertThatThrownBy(() -> twoByTwo.image(Nd4j.zeros(5, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights must be [nIn, nOut] with nIn = 4 (2 x 2 pixels), got [5, 3]");
    assertThatThrownBy(() -> FilterTiles.square(785))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nIn must be a square to be drawn as one, got 785");
    assertThatThrownBy(() -> new FilterTiles(0, 10, 28, 28))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 x 10 tiles of 28 x 28");
  }
}
