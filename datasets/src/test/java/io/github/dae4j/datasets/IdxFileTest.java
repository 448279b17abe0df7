package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dae4j.testing.IdxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

  @TempDir Path directory;

  @Test
  void readsImagesPlainOrGzippedWhateverTheName() throws IOException {
    byte[] bytes = IdxBytes.images(3, 4, 5);
    for (Path path :
        new Path[] {
          write("plain", bytes),
          write("plain.gz", bytes),
          write("packed", IdxBytes.gzip(bytes)),
          write("packed.gz", IdxBytes.gzip(bytes))
        }) {
      IdxFile file = IdxFile.readImages(path);
      assertThat(file.shape()).containsExactly(3, 4, 5);
      assertThat(file.values()).isEqualTo(Arrays.copyOfRange(bytes, 16, bytes.length));
      assertThat(file.path()).isEqualTo(path);
    }
  }

  @Test
  void readsLabels() throws IOException {
    IdxFile file = IdxFile.readLabels(write("labels", IdxBytes.labels(7, 0, 255)));
    assertThat(file.shape()).containsExactly(3);
    assertThat(file.values()).containsExactly(7, 0, 255);
  }

  @Test
  void missing() {
    assertFailure(directory.resolve("none"), " does not exist: expected an IDX file of images");
  }

  @Test
  void unreadable() throws IOException {
    Path path = Files.createDirectory(directory.resolve("directory"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> IdxFile.readImages(path))
        .withMessageStartingWith(path + " cannot be read: expected an IDX file of images, found ");
  }

  @Test
  void empty() throws IOException {
    assertFailure(write("x", new byte[0]), " is empty: expected an IDX file of images");
    assertFailure(
        write("x.gz", IdxBytes.gzip(new byte[0])), " is empty: expected an IDX file of images");
  }

  @Test
  void anotherMagic() throws IOException {
    assertFailure(
        write("x", IdxBytes.labels(1, 2)),
        " is no IDX file of images: expected the first bytes 0x00000803, found 0x00000801");
    assertFailure(
        write("x.gz", "<html>not found</html>".getBytes()),
        " is no IDX file of images: expected the first bytes 0x00000803, found 0x3c68746d");
  }

  @Test
  void shortHeader() throws IOException {
    byte[] bytes = IdxBytes.images(1, 2, 2);
    assertFailure(
        write("x", Arrays.copyOf(bytes, 15)),
        " ends too early: expected a header of 16 bytes, found 15");
    assertFailure(
        write("x", Arrays.copyOf(bytes, 2)),
        " ends too early: expected a header of 16 bytes, found 2");
  }

  @Test
  void truncated() throws IOException {
    byte[] bytes = IdxBytes.images(2, 3, 3);
    assertFailure(
        write("x", Arrays.copyOf(bytes, bytes.length - 1)),
        " ends too early: expected 2 x 3 x 3 = 18 bytes after the header, found 17");
  }

  @Test
  void tooLong() throws IOException {
    byte[] bytes = IdxBytes.images(2, 3, 3);
    assertFailure(
        write("x", Arrays.copyOf(bytes, bytes.length + 1)),
        " is too long: expected 2 x 3 x 3 = 18 bytes after the header, found more");
  }

  @Test
  void headersThatAnnounceTooMuchAreNotBelieved() throws IOException {
    for (int[] sizes :
        new int[][] {{-1, -1, -1}, {1 << 16, 1 << 16, 1}, {1 << 30, 1 << 30, 0}, {0, 28, 28}}) {
      assertFailure(
          write("x", IdxBytes.file(0x803, sizes)),
          " has an impossible header: expected 1 to 268435456 values, found "
              + Integer.toUnsignedString(sizes[0])
              + " x "
              + Integer.toUnsignedString(sizes[1])
              + " x "
              + Integer.toUnsignedString(sizes[2]));
    }
    assertFailure(
        write("x", IdxBytes.file(0x803, new int[] {1 << 28, 1, 1}, (byte) 1)),
        " ends too early: expected 268435456 x 1 x 1 = 268435456 bytes after the header, found 1");
  }

  @Test
  void corruptGzip() throws IOException {
    byte[] packed = IdxBytes.gzip(IdxBytes.images(9, 9, 9));
    assertFailure(
        write("x.gz", Arrays.copyOf(packed, packed.length - 20)),
        " is corrupt gzip: expected an IDX file of images, found" + " \"it ends too early\"");
    packed[packed.length - 8] ^= 1;
    assertFailure(
        write("x.gz", packed),
        " is corrupt gzip: expected an IDX file of images, found \"Corrupt GZIP trailer\"");
    assertFailure(
        write("x.gz", new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9, 9, 9}),
        " is corrupt gzip: expected an IDX file of images, found"
            + " \"Unsupported compression method\"");
  }

  private void assertFailure(Path path, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> IdxFile.readImages(path))
        .withMessage(path + message);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }
}
