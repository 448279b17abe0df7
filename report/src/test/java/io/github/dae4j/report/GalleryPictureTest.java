package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.report.GalleryPicture.Group;
import io.github.dae4j.report.GalleryPicture.Row;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GalleryPictureTest {

  private final INDArray two =
      Nd4j.createFromArray(new double[][] {{0, 1, 0.5, 0}, {2, -1, 0, 0.2}});
  private final GalleryPicture gallery = new GalleryPicture(2, 2, 1);

  @Test
  void drawsGroupsSideBySideBelowTheirCaptions() {
    Group group = new Group("level 0.1", two);
    BufferedImage picture =
        gallery.image(
            List.of(new Row("A", "a", List.of(group)), new Row("B", "b", List.of(group, group))));

    int[][] pixels = Pixels.of(picture);
    int left = GalleryPicture.MARGIN + GalleryPicture.TEXT_WIDTH;
    int top = GalleryPicture.MARGIN + GalleryPicture.CAPTION_HEIGHT;
    int second = top + 2 + 20 + GalleryPicture.CAPTION_HEIGHT;
    assertThat(Arrays.copyOfRange(pixels[top], left, left + 6))
        .containsExactly(0, 255, 255, 255, 255, 0);
    assertThat(Arrays.copyOfRange(pixels[top + 1], left, left + 6))
        .containsExactly(128, 0, 255, 255, 0, 51);
    assertThat(Arrays.copyOfRange(pixels[top], left + 6, pixels[top].length)).containsOnly(255);
    assertThat(Arrays.copyOfRange(pixels[second], left + 26, left + 32))
        .containsExactly(0, 255, 255, 255, 255, 0);
    assertThat(pixels).hasNumberOfRows(second + 2 + GalleryPicture.MARGIN);
    assertThat(pixels[0]).hasSize(left + 32 + GalleryPicture.MARGIN);
  }

  @Test
  void writesNameTextAndCaption() {
    INDArray black = Nd4j.zeros(1, 784);
    BufferedImage picture =
        new GalleryPicture(1, 28, 2)
            .image(List.of(new Row("name", "text", List.of(new Group("caption", black)))));
    int left = GalleryPicture.MARGIN + GalleryPicture.TEXT_WIDTH;
    assertThat(darkPixels(picture, 0, 34, left, 28)).isGreaterThan(20);
    assertThat(darkPixels(picture, 0, 62, left, 28)).isGreaterThan(20);
    assertThat(darkPixels(picture, left, 12, 56, 22)).isGreaterThan(20);
  }

  private static long darkPixels(BufferedImage picture, int x, int y, int width, int height) {
    int[] pixels = picture.getRaster().getSamples(x, y, width, height, 0, (int[]) null);
    return Arrays.stream(pixels).filter(grey -> grey < 140).count();
  }

  @Test
  void namesTheGroupWhoseShapeDoesNotFit() {
    Row row = new Row("MaskingCorruption", "", List.of(new Group("level 0.1", Nd4j.ones(1, 4))));
    assertThatThrownBy(() -> gallery.image(List.of(row)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images of MaskingCorruption, level 0.1 must be [2 or more, 4], got [1, 4]");
    assertThatThrownBy(() -> new GalleryPicture(0, 2, 1))
        .hasMessage("GalleryPicture needs at least 1 image and pixel, got 0 images of 2 x 2");
    assertThatThrownBy(() -> new GalleryPicture(1, 2, 0))
        .hasMessage("magnification must be at least 1, got 0");
  }
}
