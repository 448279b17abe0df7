package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MnistDownloadTest extends LocalMirrors {

  @Test
  void downloadsWhatReadReads() throws IOException {
    ConcurrentSkipListSet<String> seen = new ConcurrentSkipListSet<>();
    Path directory =
        download(good.address())
            .fetch((file, bytes, total) -> seen.add(file + " " + bytes + " of " + total));
    assertThat(directory).isEqualTo(cache);
    assertThat(Mnist.read(directory).train().labels()).containsExactly(5, 0, 4);
    assertThat(Mnist.read(directory).test().labels()).containsExactly(7, 2);
    assertThat(seen)
        .contains("Downloading " + FIRST + ".gz " + PACKED.length + " of " + PACKED.length);
    assertOnlyTheFourFilesRemain();
  }

  @Test
  void goodFilesAreNotDownloadedAgain() throws IOException {
    download(good.address()).fetch(LocalMirrors::ignore);
    assertThat(good.requested()).hasSize(4);
    download(good.address()).fetch(LocalMirrors::ignore);
    assertThat(good.requested()).hasSize(4);
    Files.delete(cache.resolve("t10k-images-idx3-ubyte.gz"));
    Files.write(cache.resolve("t10k-images.idx3-ubyte"), PLAIN.get("t10k-images-idx3-ubyte"));
    download(good.address()).fetch(LocalMirrors::ignore);
    assertThat(good.requested()).hasSize(4);
  }

  @Test
  void missingAndDamagedFilesAreReplaced() throws IOException {
    download(good.address()).fetch(LocalMirrors::ignore);
    Files.write(cache.resolve(FIRST + ".gz"), Arrays.copyOf(PACKED, PACKED.length / 2));
    Files.write(cache.resolve("t10k-images-idx3-ubyte.gz"), new byte[0]);
    Files.delete(cache.resolve("t10k-labels-idx1-ubyte.gz"));
    download(good.address()).fetch(LocalMirrors::ignore);
    assertThat(good.requested().subList(4, good.requested().size()))
        .containsExactly(FIRST + ".gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz");
    assertThat(Mnist.read(cache).train().size()).isEqualTo(3);
    assertOnlyTheFourFilesRemain();
  }

  @Test
  void theNextMirrorHelps() throws IOException {
    download(bad.address(), good.address()).fetch(LocalMirrors::ignore);
    assertThat(bad.requested()).hasSize(4);
    assertThat(Mnist.read(cache).test().size()).isEqualTo(2);
  }

  @Test
  void theStandardDownloadKnowsEveryFile() {
    MnistDownload standard = MnistDownload.into(MnistDownload.defaultDirectory());
    assertThat(standard.sha256()).containsOnlyKeys(PLAIN.keySet());
    assertThat(standard.mirrors()).hasSizeGreaterThan(1);
    assertThat(standard.directory()).endsWithRaw(Path.of(".cache", "dae4j", "mnist"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new MnistDownload(List.of(), cache, Duration.ofSeconds(1), Map.of("x", "0")))
        .withMessageStartingWith("MnistDownload sha256 must name train-images-idx3-ubyte, ")
        .withMessageEndingWith(", got [x]");
  }

  private void assertOnlyTheFourFilesRemain() throws IOException {
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left.map(path -> path.getFileName().toString().replace(".gz", "")))
          .containsExactlyInAnyOrderElementsOf(PLAIN.keySet());
    }
  }
}
