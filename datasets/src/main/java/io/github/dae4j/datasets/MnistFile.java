package io.github.dae4j.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The four files of MNIST. */
enum MnistFile {
  TRAIN_IMAGES(
      "train-images",
      "idx3-ubyte",
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
  TRAIN_LABELS(
      "train-labels",
      "idx1-ubyte",
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
  TEST_IMAGES(
      "t10k-images",
      "idx3-ubyte",
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
  TEST_LABELS(
      "t10k-labels",
      "idx1-ubyte",
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  private final String stem;
  private final String type;
  private final String sha256;

  MnistFile(String stem, String type, String sha256) {
    this.stem = stem;
    this.type = type;
    this.sha256 = sha256;
  }

  /** The name at its source, which has {@code .gz} after it. */
  String plainName() {
    return stem + "-" + type;
  }

  /** The SHA-256 of the unpacked bytes as published. */
  String sha256() {
    return sha256;
  }

  /** The file under any of its usual names; gzipped before plain. */
  Optional<Path> in(Path directory) {
    String dotted = stem + "." + type;
    return Stream.of(plainName() + ".gz", plainName(), dotted + ".gz", dotted)
        .map(directory::resolve)
        .filter(Files::exists)
        .findFirst();
  }
}
