package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dae4j.testing.IdxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {

  @TempDir Path folder;

  @Test
  void readsImagesOfAnySizeUnderTheirUsualNames() throws IOException {
    write("emnist-letters-train-images-idx3-ubyte.gz", IdxBytes.gzip(IdxBytes.images(3, 4, 5)));
    write("emnist-letters-train-labels-idx1-ubyte", IdxBytes.labels(2, 0, 1));
    IdxFolder read = IdxFolder.read(folder);
    assertThat(read.train().shape()).isEqualTo(ImageShape.grey(4, 5));
    assertThat(read.train().labels()).containsExactly(2, 0, 1);
    assertThat(read.train().classes()).containsExactly("0", "1", "2");
    assertThat(read.train().images().getFloat(1, 0)).isEqualTo(20 / 255f);
    assertThat(read.test()).isEmpty();
    write("emnist-letters-test-images-idx3-ubyte", IdxBytes.images(1, 4, 5));
    write("emnist-letters-test-labels-idx1-ubyte", IdxBytes.labels(6));
    IdxFolder both = IdxFolder.read(folder);
    assertThat(both.test().orElseThrow().labels()).containsExactly(6);
    assertThat(both.train().classes()).hasSize(7);
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    refused(": must hold train-images-idx3-ubyte and train-labels-idx1-ubyte");
    write("train-images-idx3-ubyte", IdxBytes.images(3, 4, 5));
    refused(": must hold images and their labels, got only train-images-idx3-ubyte");
    write("train-labels-idx1-ubyte", IdxBytes.labels(1, 2));
    refused("train-images-idx3-ubyte: expected a label for each of 3 images, found 2");
    write("train-labels-idx1-ubyte", IdxBytes.labels(1, 2, 3));
    write("t10k-images-idx3-ubyte", IdxBytes.images(1, 5, 4));
    write("t10k-labels-idx1-ubyte", IdxBytes.labels(1));
    refused("t10k-images-idx3-ubyte: must hold images of 4 x 5 as");
    write("train-images.idx3-ubyte", IdxBytes.images(3, 4, 5));
    refused(": must hold one set of files");
  }

  private void refused(String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> IdxFolder.read(folder))
        .withMessageContaining(message);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }
}
