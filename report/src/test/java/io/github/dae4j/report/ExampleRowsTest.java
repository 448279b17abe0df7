package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ExampleRowsTest {

  private static final int GREY = 128;

  private final INDArray clean = Nd4j.createFromArray(new double[][] {{0, 1}, {0.5, 0.2}, {1, 1}});
  private final INDArray corrupted = Nd4j.createFromArray(new double[][] {{0, 0}, {-3, 7}});
  private final INDArray reconstructed = Nd4j.createFromArray(new double[][] {{0.4, 0.6}, {1, 0}});
  private final ExampleRows rows = new ExampleRows(2, 1, 2);

  @Test
  void drawsEachRowBelowTheOtherWithWhiteBetween() {
    int[][] pixels = Pixels.of(rows.image(clean, corrupted, reconstructed, 1));

    assertThat(examples(pixels[8])).containsExactly(0, 255, 255, 255, 128, 51);
    assertThat(examples(pixels[9])).containsOnly(255);
    assertThat(examples(pixels[11])).containsExactly(0, 0, 255, 255, 0, 255);
    assertThat(examples(pixels[14])).containsExactly(102, 153, 255, 255, 255, 0);
    assertThat(pixels).hasNumberOfRows(15 + 8);
  }

  @Test
  void magnifiesPixelsButNotTheSpaceBetween() {
    BufferedImage picture = rows.image(clean, corrupted, reconstructed, 3);
    int[][] pixels = Pixels.of(picture);

    assertThat(examples(pixels[8]))
        .containsExactly(0, 0, 0, 255, 255, 255, 255, 255, 128, 128, 128, 51, 51, 51);
    assertThat(examples(pixels[10])).isEqualTo(examples(pixels[8]));
    assertThat(examples(pixels[11])).containsOnly(255);
  }

  @Test
  void takesRowsOfAnyName() {
    Map<String, INDArray> named = new LinkedHashMap<>();
    named.put("digit", clean);
    named.put("error", corrupted);
    int[][] pixels = Pixels.of(rows.image(named, 1));
    assertThat(examples(pixels[8])).containsExactly(0, 255, 255, 255, 128, 51);
    assertThat(examples(pixels[11])).containsExactly(0, 0, 255, 255, 0, 255);
    assertThat(pixels).hasNumberOfRows(15 + 5);
    named.put("error", Nd4j.zeros(2, 3));
    assertThatThrownBy(() -> rows.image(named, 1))
        .hasMessage("error examples must be [2 or more, 2] (1 x 2 pixels), got [2, 3]");
  }

  @Test
  void labelsTheRowsLeftOfThem() {
    BufferedImage picture =
        new ExampleRows(1, 28, 28)
            .image(Nd4j.zeros(1, 784), Nd4j.zeros(1, 784), Nd4j.zeros(1, 784), 1);

    for (int row = 0; row < 3; row++) {
      int[] label =
          picture
              .getRaster()
              .getSamples(0, 8 + 30 * row, ExampleRows.LABEL_WIDTH, 28, 0, (int[]) null);
      assertThat(Arrays.stream(label).filter(grey -> grey < 100).count()).isGreaterThan(20);
    }
  }

  @Test
  void drawsASingleRowWithoutALabel() {
    assertThat(Pixels.of(rows.row(corrupted))).isEqualTo(new int[][] {{0, 0, 255, 255, 0, 255}});
    assertThatThrownBy(() -> rows.row(Nd4j.zeros(1, 2)))
        .hasMessage("the examples must be [2 or more, 2] (1 x 2 pixels), got [1, 2]");
  }

  @Test
  void namesTheRowWhoseShapeDoesNotFit() {
    assertThatThrownBy(() -> rows.image(clean, Nd4j.zeros(1, 2), reconstructed, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("corrupted examples must be [2 or more, 2] (1 x 2 pixels), got [1, 2]");
    assertThatThrownBy(() -> rows.image(clean, corrupted, Nd4j.zeros(2, 3), 1))
        .hasMessageStartingWith("reconstructed examples must be");
    assertThatThrownBy(() -> rows.image(clean, corrupted, reconstructed, 0))
        .hasMessage("magnification must be at least 1, got 0");
  }

  @Test
  void drawsAsManyRowsAsThereAreAndLeavesPlacesEmpty() {
    Map<String, List<INDArray>> labelled = new LinkedHashMap<>();
    labelled.put("three", List.of(clean.getRow(0), clean.getRow(1), clean.getRow(2)));
    labelled.put("none", List.of());
    labelled.put("one", List.of(clean.getRow(2)));
    labelled.put("another", List.of(clean.getRow(0)));
    int[][] pixels = Pixels.of(rows.framed(labelled, 1));

    assertThat(pixels).hasNumberOfRows(18 + 8);
    assertThat(examples(pixels[8])).containsExactly(0, 255, GREY, GREY, 128, 51);
    assertThat(examples(pixels[9])).containsOnly(GREY);
    assertThat(examples(pixels[11])).containsOnly(255);
    assertThat(examples(pixels[14])).containsExactly(255, 255, GREY, GREY, 255, 255);
    assertThat(examples(pixels[17])).containsExactly(0, 255, GREY, GREY, 255, 255);
    assertThat(pixels[14][ExampleRows.LABEL_WIDTH - 1]).isEqualTo(GREY);
    assertThatThrownBy(() -> rows.framed(Map.of("long", List.of(Nd4j.zeros(3))), 1))
        .hasMessage("long images must have 1 x 2 pixels, got 3");
  }

  private static int[] examples(int[] line) {
    return Arrays.copyOfRange(line, ExampleRows.LABEL_WIDTH, line.length - ExampleRows.MARGIN);
  }
}
