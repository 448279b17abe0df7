package io.github.dae4j.datasets;

import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.internal.file.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Downloads the four files of MNIST into a directory, once.
 *
 * @param mirrors where they lie with {@code .gz} after their names, tried in this order
 * @param directory where they are kept; created if need be
 * @param patience how long a mirror may send nothing
 * @param sha256 of the unpacked bytes in hexadecimal, by file name without {@code .gz}
 */
public record MnistDownload(
    List<URI> mirrors, Path directory, Duration patience, Map<String, String> sha256) {

  /** Public mirrors of MNIST. */
  public static final List<URI> MIRRORS =
      List.of(
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

  /** The checksums of the files as published. */
  public static final Map<String, String> SHA256 =
      Arrays.stream(MnistFile.values())
          .collect(Collectors.toUnmodifiableMap(MnistFile::plainName, MnistFile::sha256));

  private static final long MAX_BYTES = 1 << 26;

  public MnistDownload {
    mirrors = List.copyOf(mirrors);
    sha256 = Map.copyOf(sha256);
    if (!sha256.keySet().containsAll(SHA256.keySet())) {
      throw new IllegalArgumentException(
          "MnistDownload sha256 must name %s, got %s"
              .formatted(Mnist.names(", "), sha256.keySet()));
    }
  }

  /** The files as published, from {@link #MIRRORS}. */
  public static MnistDownload into(Path directory) {
    return new MnistDownload(MIRRORS, directory, Duration.ofSeconds(20), SHA256);
  }

  /** {@code ~/.cache/dae4j/mnist}. */
  public static Path defaultDirectory() {
    return Path.of(System.getProperty("user.home"), ".cache", "dae4j", "mnist");
  }

  /**
   * Makes sure that {@link #directory} holds MNIST: downloads what is missing or damaged, and uses
   * no network if all is there.
   *
   * @param progress is told of the bytes of each file, on another thread
   * @return the directory, for {@link Mnist#read}
   * @throws DataException if no mirror gives a file: why, mirror by mirror, and what to do instead
   */
  public Path fetch(ProgressListener progress) {
    HttpTransfer http = new HttpTransfer(patience, MAX_BYTES);
    for (MnistFile file : MnistFile.values()) {
      Optional<Path> present = file.in(directory);
      if (present.isEmpty() || !isGood(file, present.get())) {
        fetch(file, http, progress);
      }
    }
    return directory;
  }

  private boolean isGood(MnistFile file, Path path) {
    try {
      Unpacked.check(Files.readAllBytes(path), sha256.get(file.plainName()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void fetch(MnistFile file, HttpTransfer http, ProgressListener progress) {
    List<String> failures = new ArrayList<>();
    for (URI mirror : mirrors) {
      try {
        fetch(file, mirror, http, progress);
        return;
      } catch (InterruptedIOException e) {
        throw new DataException("The download of MNIST was interrupted", e);
      } catch (IOException e) {
        failures.add(mirror.getAuthority() + ": " + reason(e));
      }
    }
    throw new DataException(
        ("%s.gz could not be downloaded (%s): put %s, each with or without .gz, into %s,"
                + " or pass --data with the directory that holds them")
            .formatted(
                file.plainName(), String.join("; ", failures), Mnist.names(", "), directory));
  }

  private void fetch(MnistFile file, URI mirror, HttpTransfer http, ProgressListener progress)
      throws IOException {
    String name = file.plainName() + ".gz";
    URI source = URI.create(mirror.toString().replaceFirst("/*$", "/") + name);
    requireDirectory();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    http.get(
        source, packed, (bytes, total) -> progress.update("Downloading " + name, bytes, total));
    Unpacked.check(packed.toByteArray(), sha256.get(file.plainName()));
    WholeFile.write(directory.resolve(name), packed::writeTo);
  }

  private void requireDirectory() {
    try {
      OutputFolder.require(directory);
    } catch (UncheckedIOException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    return e instanceof ConnectException ? "no connection" : e.getMessage();
  }
}
