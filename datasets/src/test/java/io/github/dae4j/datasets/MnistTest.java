package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dae4j.testing.IdxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  @TempDir Path directory;

  @Test
  void readsEachSpelling() throws IOException {
    write("train-images.idx3-ubyte", IdxBytes.images(2, 28, 28));
    write("train-labels-idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.labels(3, 9)));
    write("t10k-images-idx3-ubyte", IdxBytes.images(1, 28, 28));
    write("t10k-labels.idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.labels(0)));
    Mnist mnist = Mnist.read(directory);
    assertThat(mnist.train().labels()).containsExactly(3, 9);
    assertThat(mnist.test().labels()).containsExactly(0);
    assertThat(mnist.train().images().shape()).containsExactly(2, 784);
    assertThat(mnist.train().images().getFloat(0, 255)).isEqualTo(1f);
    assertThat(mnist.train().images().getFloat(1, 0)).isEqualTo((784 % 256) / 255f);
    assertThat(mnist.train().classes()).hasSize(10);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    writeAll(IdxBytes.images(1, 28, 28), IdxBytes.labels(1));
    Files.delete(directory.resolve("train-labels-idx1-ubyte"));
    Files.delete(directory.resolve("t10k-images-idx3-ubyte"));
    assertFailure(
        directory
            + " does not hold MNIST: expected train-images-idx3-ubyte, train-labels-idx1-ubyte,"
            + " t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, each with or without .gz;"
            + " missing: train-labels-idx1-ubyte, t10k-images-idx3-ubyte");
  }

  @Test
  void countsMustMatch() throws IOException {
    writeAll(IdxBytes.images(2, 28, 28), IdxBytes.labels(1, 2, 3));
    assertFailure(
        directory.resolve("train-labels-idx1-ubyte")
            + " does not match "
            + directory.resolve("train-images-idx3-ubyte")
            + ": expected a label for each of 2 images, found 3");
  }

  @Test
  void imagesMustBe28By28() throws IOException {
    writeAll(IdxBytes.images(1, 14, 56), IdxBytes.labels(1));
    assertFailure(
        directory.resolve("train-images-idx3-ubyte")
            + " holds images of another size: expected 28 x 28, found 14 x 56");
  }

  @Test
  void labelsMustBeDigits() throws IOException {
    writeAll(IdxBytes.images(2, 28, 28), IdxBytes.labels(9, 200));
    assertFailure(
        directory.resolve("train-labels-idx1-ubyte")
            + " holds a label out of range: expected 0 to 9, found 200 at index 1");
  }

  /** The mean pixel of the training images, 33.318 of 255, is well known as 0.1307. */
  @Test
  void readsThePublishedFiles() {
    Path published = Path.of(System.getProperty("mnist.dir", "mnist"));
    assumeTrue(Files.isDirectory(published), published + " does not exist");
    Mnist mnist = Mnist.read(published);
    assertThat(mnist.train().size()).isEqualTo(60000);
    assertThat(mnist.test().size()).isEqualTo(10000);
    assertThat(mnist.train().first(5).labels()).containsExactly(5, 0, 4, 1, 9);
    assertThat(mnist.test().first(5).labels()).containsExactly(7, 2, 1, 0, 4);
    assertThat(meanPixel(mnist.train())).isCloseTo(0.1307, within(5e-5));
    assertThat(meanPixel(mnist.test())).isCloseTo(0.1325, within(5e-5));
  }

  /** Image by image: a float cannot sum 47 million pixels. */
  private static double meanPixel(ImageSet set) {
    return set.images().mean(1).meanNumber().doubleValue();
  }

  private void assertFailure(String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Mnist.read(directory))
        .withMessage(message);
  }

  private void writeAll(byte[] images, byte[] labels) throws IOException {
    write("train-images-idx3-ubyte", images);
    write("train-labels-idx1-ubyte", labels);
    write("t10k-images-idx3-ubyte", images);
    write("t10k-labels-idx1-ubyte", labels);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }
}
