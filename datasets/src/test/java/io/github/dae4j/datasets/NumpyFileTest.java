package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dae4j.testing.IdxBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumpyFileTest {

  @TempDir Path folder;

  @Test
  void bytesAreScaledToOne() throws IOException {
    Path file = write(npy(1, "|u1", "(2, 1, 2)", new byte[] {0, 51, 102, -1}));
    ImageSet images = NumpyFile.readImages(file);
    assertThat(images.shape()).isEqualTo(ImageShape.grey(1, 2));
    assertThat(images.images().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 51 / 255f}, {102 / 255f, 1}});
    assertThat(NumpyFile.readImages(write(IdxBytes.gzip(Files.readAllBytes(file)))).images())
        .isEqualTo(images.images());
  }

  @ParameterizedTest
  @CsvSource({
    "<f2, 1", ">f2, 2", "<f4, 1", "<f8, 2", ">f4, 3", ">f8, 1", "<i2, 1", ">i4, 2", "<i8, 3",
    "|u1, 1", "|b1, 2"
  })
  void readsNumbersOfEveryWidthAndOrder(String type, int version) throws IOException {
    int width = type.charAt(2) - '0';
    ByteBuffer values =
        ByteBuffer.allocate(3 * width)
            .order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int value : new int[] {1, 0, 1}) {
      switch (type.substring(1)) {
        case "f2" -> values.putShort((short) (value * 0x3c00));
        case "f4" -> values.putFloat(value);
        case "f8" -> values.putDouble(value);
        case "i2" -> values.putShort((short) value);
        case "i4" -> values.putInt(value);
        case "i8" -> values.putLong(value);
        default -> values.put((byte) value);
      }
    }
    float one = "fb".indexOf(type.charAt(1)) >= 0 ? 1 : 1 / 255f;
    ImageSet set = NumpyFile.readImages(write(npy(version, type, "(1, 1, 1, 3)", values.array())));
    assertThat(set.shape()).isEqualTo(new ImageShape(1, 1, 3));
    assertThat(set.images().toFloatVector()).containsExactly(one, 0, one);
  }

  /** As numpy.float16 has them: the least, the largest below the normal ones, a third, and one. */
  @Test
  void halvesAreExact() throws IOException {
    short[] bits = {1, 0x3ff, 0x400, 0x3555, 0x3bff, (short) 0x8000};
    ByteBuffer values = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    values.asShortBuffer().put(bits);
    Path file = write(npy(1, "<f2", "(1, 2, 3)", values.array()));
    assertThat(NumpyFile.readImages(file).images().toFloatVector())
        .containsExactly(0x1p-24f, 0x1.ff8p-15f, 0x1p-14f, 0.33325195f, 0.99951172f, -0f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|O1; (1, 1, 1); 1; must hold numbers, got type O1",
        "<c8; (1, 1, 1); 8; must hold numbers, got type c8",
        "<i3; (1, 1, 1); 3; must hold numbers, got type i3",
        "<u0; (1, 1, 1); 0; must hold numbers, got type u0",
        "<f1; (1, 1, 1); 1; must hold numbers, got type f1",
        "<f2; (1, 1, 1); 2; must hold numbers in [0, 1], got NaN in image 1",
        "|b1; (1, 1, 1); 1; must hold numbers in [0, 1], got 255.0 in image 1",
        "|u1; (1, 1); 1; must hold images [n, height, width] or [n, height, width, 1 or 3]",
        "|u1; (1, 1, 1, 2); 2; must hold images [n, height, width] or [n, height, width, 1 or 3]",
        "|u1; (21 3, 1); 63; must hold one array of plain numbers",
        "|u1; (0, 1, 1); 0; must hold 1 to 268435456 values, got shape 0 x 1 x 1",
        "|u1; (99999999999, 1, 1); 0; must hold 1 to 268435456 values",
        "<f8; (268435456, 1, 1); 0; must hold less than 2 GB, got 268435456 values of 8 bytes",
        "|u1; (3, 1, 1); 2; ends too early: expected 3 bytes of values, got 2",
        "|u1; (3, 1, 1); 4; is too long: expected 3 bytes of values, got more",
        "|i1; (1, 1, 1); 1; must hold numbers in [0, 255], got -1.0 in image 1",
      })
  void whatIsWrongIsNamed(String type, String shape, int bytes, String message) throws IOException {
    byte[] values = new byte[bytes];
    Arrays.fill(values, (byte) -1);
    Path file = write(npy(1, type, shape, values));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> NumpyFile.readImages(file))
        .withMessageStartingWith(file + ": " + message);
  }

  /** Whatever bytes come, there is an image set or one clear line. */
  @Test
  void anyDamageIsOneLine() throws IOException {
    byte[] whole = npy(1, "<f4", "(2, 2, 2)", new byte[32]);
    Random random = new Random(11);
    for (int trial = 0; trial < 2000; trial++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(160) : 160);
      for (int i = 0; i < 1 + random.nextInt(4) && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = write(damaged);
      try {
        NumpyFile.readImages(file);
      } catch (DataException e) {
        assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
      }
    }
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.npy"), bytes);
  }

  /** As numpy.lib.format describes it; a length of two bytes in version 1, of four after it. */
  private static byte[] npy(int version, String type, String shape, byte[] values) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    int start = version == 1 ? 10 : 12;
    byte[] padded =
        (header + " ".repeat(127 - start - header.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    ByteBuffer length = ByteBuffer.allocate(start - 8).order(ByteOrder.LITTLE_ENDIAN);
    file.writeBytes(
        (version == 1 ? length.putShort((short) padded.length) : length.putInt(padded.length))
            .array());
    file.writeBytes(padded);
    file.writeBytes(values);
    return file.toByteArray();
  }
}
