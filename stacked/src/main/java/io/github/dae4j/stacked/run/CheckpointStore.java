package io.github.dae4j.stacked.run;

import io.github.dae4j.internal.file.FileErrors;
import io.github.dae4j.stacked.run.CheckpointFile.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkpoint files of a run, of which the newest two that are whole are kept. */
final class CheckpointStore {

  private static final Pattern NAME = Pattern.compile("checkpoint-\\d{8}\\.(zip|bin)");

  private final Path directory;
  private int next;
  private Path lastGood;
  private String lastGoodPlace;

  /** Those of a directory that is there. */
  CheckpointStore(Path directory) {
    this.directory = directory;
    List<Path> files = files();
    next = files.isEmpty() ? 0 : 1 + numberOf(files.get(0));
  }

  private static int numberOf(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("\\D", ""));
  }

  /** Whether there is one, be it whole or not. */
  boolean isEmpty() {
    return files().isEmpty();
  }

  /** From the newest to the oldest. */
  private List<Path> files() {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot read %s: %s".formatted(directory, FileErrors.reason(e)), e);
    }
  }

  /**
   * The newest that is whole.
   *
   * @throws CheckpointException if there is none
   */
  Checkpoint newest() {
    List<String> broken = new ArrayList<>();
    for (Path file : files()) {
      try {
        Checkpoint checkpoint = CheckpointFile.read(file);
        remember(file, checkpoint);
        return checkpoint;
      } catch (IOException e) {
        broken.add("%s: %s".formatted(file.getFileName(), e.getMessage()));
      }
    }
    throw new CheckpointException(
        broken.isEmpty()
            ? "nothing to resume in %s: it has no checkpoint".formatted(directory)
            : "nothing to resume in %s: no checkpoint is whole (%s)"
                .formatted(directory, String.join("; ", broken)));
  }

  /**
   * Writes the next one, then deletes all but this and the last good one.
   *
   * @throws CheckpointException if it cannot be written, naming the last good one
   */
  void write(Checkpoint checkpoint) {
    // In digits that NAME knows, which are not those of every language.
    Path file = directory.resolve(String.format(Locale.ROOT, "checkpoint-%08d.zip", next));
    try {
      CheckpointFile.write(file, checkpoint);
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot write the checkpoint of %s: %s; %s"
              .formatted(checkpoint.progress().place(), reason(e), last()),
          e);
    }
    Path before = lastGood;
    next++;
    remember(file, checkpoint);
    deleteAllBut(file, before);
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getClass() == IOException.class
        ? cause.getMessage()
        : cause.getClass().getSimpleName() + " " + cause.getMessage();
  }

  private void remember(Path file, Checkpoint checkpoint) {
    lastGood = file;
    lastGoodPlace = checkpoint.progress().place();
  }

  private void deleteAllBut(Path newest, Path before) {
    for (Path file : files()) {
      if (!file.equals(newest) && !file.equals(before)) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          // It is in the way of nothing but its space; the next one tries again.
        }
      }
    }
  }

  /** The place of the last good one. */
  String lastPlace() {
    return lastGood == null ? "nothing yet" : lastGoodPlace;
  }

  /** Where the last good one is, in words. */
  String last() {
    return lastGood == null
        ? "there is no checkpoint yet"
        : "the last good one is %s (%s)".formatted(lastGood, lastGoodPlace);
  }
}
