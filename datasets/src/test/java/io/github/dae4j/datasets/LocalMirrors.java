package io.github.dae4j.datasets;

import io.github.dae4j.testing.IdxBytes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A download from two mirrors on this machine: one has all files, one has none. */
@Timeout(30)
abstract class LocalMirrors {

  static final String FIRST = "train-images-idx3-ubyte";
  static final Map<String, byte[]> PLAIN =
      new TreeMap<>(
          Map.of(
              FIRST,
              IdxBytes.images(3, 28, 28),
              "train-labels-idx1-ubyte",
              IdxBytes.labels(5, 0, 4),
              "t10k-images-idx3-ubyte",
              IdxBytes.images(2, 28, 28),
              "t10k-labels-idx1-ubyte",
              IdxBytes.labels(7, 2)));
  static final byte[] PACKED = IdxBytes.gzip(PLAIN.get(FIRST));

  @TempDir Path temporary;
  Duration patience = Duration.ofSeconds(10);
  Path cache;
  MirrorServer bad;
  MirrorServer good;

  @BeforeEach
  void startMirrors() throws IOException {
    cache = temporary.resolve("new").resolve("cache");
    bad = new MirrorServer();
    good = new MirrorServer();
    PLAIN.forEach((name, bytes) -> good.with(name + ".gz", IdxBytes.gzip(bytes)));
  }

  @AfterEach
  void stopMirrors() {
    bad.close();
    good.close();
  }

  MnistDownload download(URI... mirrors) {
    Map<String, String> sha256 = new TreeMap<>();
    PLAIN.forEach((name, bytes) -> sha256.put(name, sha256(bytes)));
    return new MnistDownload(List.of(mirrors), cache, patience, sha256);
  }

  static void ignore(String file, long bytes, long total) {}

  static void sleep() {
    try {
      Thread.sleep(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
