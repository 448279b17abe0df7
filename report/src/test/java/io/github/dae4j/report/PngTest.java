package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {

  @TempDir Path directory;

  @Test
  void everyGreyReadsBackAsItWas() throws IOException {
    BufferedImage ramp = Png.grey(256, 1);
    for (int grey = 0; grey < 256; grey++) {
      ramp.getRaster().setSample(grey, 0, 0, grey);
    }

    Path file = directory.resolve("new/ramp.png");
    Png.write(ramp, file);

    assertThat(Pixels.of(ImageIO.read(file.toFile()))).isDeepEqualTo(Pixels.of(ramp));
  }

  @Test
  void needsNoDirectoryOfTemporaryFiles() {
    String before = System.setProperty("java.io.tmpdir", directory.resolve("missing").toString());
    File cache = ImageIO.getCacheDirectory();
    try {
      ImageIO.setCacheDirectory(null); // which stands for that of the system
      assertThat(Png.bytes(Png.grey(2, 2))).startsWith(0x89, 'P', 'N', 'G');
    } finally {
      System.setProperty("java.io.tmpdir", before);
      ImageIO.setCacheDirectory(cache);
    }
  }

  @Test
  void magnifiesEachPixelToASquare() {
    BufferedImage pair = Png.grey(2, 1);
    pair.getRaster().setSample(0, 0, 0, 7);
    pair.getRaster().setSample(1, 0, 0, 9);

    assertThat(Pixels.of(Png.magnify(pair, 2)))
        .isDeepEqualTo(new int[][] {{7, 7, 9, 9}, {7, 7, 9, 9}});
    assertThatThrownBy(() -> Png.magnify(pair, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("magnification must be at least 1, got 0");
  }

  @Test
  void clipsToTheUnitIntervalAndDrawsNaNBlack() {
    assertThat(new int[] {Png.level(-0.1), Png.level(0.5), Png.level(1.1), Png.level(Double.NaN)})
        .containsExactly(0, 128, 255, 0);
  }
}
