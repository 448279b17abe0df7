package io.github.dae4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.datasets.IdxFile;
import io.github.dae4j.datasets.ImageFolder;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.NumpyFile;
import io.github.dae4j.testing.IdxBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.provider.MethodSource;

/** IDX and NumPy files and pictures are images in [0, 1], or refused in the name of their file. */
class ImageFileFuzzTest {

  static Stream<byte[]> seeds() throws IOException {
    byte[] idx = IdxBytes.images(2, 3, 3);
    return Stream.of(
        idx,
        IdxBytes.gzip(idx),
        IdxBytes.labels(1, 2),
        numpy("|u1", "2, 3, 3", 18),
        numpy("<f8", "1, 1, 2, 3", 48),
        numpy(">i2", "1, 2, 2", 8),
        numpy("<f2", "1, 2, 2", 8),
        numpy("|b1", "1, 2, 2", 4),
        picture("png"),
        picture("gif"),
        picture("bmp"),
        picture("jpg"));
  }

  private static byte[] numpy(String type, String shape, int bytes) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s)}\n";
    byte[] text = header.formatted(type, shape).getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 10);
    file[8] = (byte) text.length;
    file = Arrays.copyOf(file, 10 + text.length + bytes);
    System.arraycopy(text, 0, file, 10, text.length);
    return file;
  }

  private static byte[] picture(String kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    ImageIO.write(new java.awt.image.BufferedImage(2, 3, 10), kind, bytes); // grey
    return bytes.toByteArray();
  }

  @MethodSource("seeds")
  @FuzzTest
  void image(byte[] bytes) throws IOException {
    Path file = Scratch.file("image.png", bytes);
    requireRefusal(file, () -> requireWhole(IdxFile.readImages(file)));
    requireRefusal(file, () -> requireWhole(IdxFile.readLabels(file)));
    requireRefusal(file, () -> requireImages(NumpyFile.readImages(file)));
    Path folder = Files.createDirectories(Scratch.path("pictures"));
    Files.write(folder.resolve("image.png"), bytes);
    requireRefusal(folder, () -> requireImages(ImageFolder.of(folder).size(4, 4).read()));
  }

  private static void requireWhole(IdxFile file) {
    assertThat(Arrays.stream(file.shape()).reduce(1, Math::multiplyExact))
        .isEqualTo(file.values().length);
  }

  private static void requireImages(ImageSet images) {
    for (float value : images.images().data().asFloat()) {
      assertThat(value >= 0 && value <= 1).as("%s in [0, 1]", value).isTrue();
    }
  }

  private static void requireRefusal(Path file, Runnable reading) {
    try {
      reading.run();
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith(file.toString());
    }
  }
}
