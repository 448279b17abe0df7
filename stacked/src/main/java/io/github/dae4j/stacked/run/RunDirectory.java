package io.github.dae4j.stacked.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of one run at a time: {@code checkpoints}, {@code codes} that memory has no room
 * for, and a lock, which ends with its process.
 */
final class RunDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel lock;

  private RunDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates it where it is not there, takes its lock, and deletes what a process that was killed
   * has left half done.
   *
   * @throws CheckpointException if it cannot be used, or another run uses it
   */
  static RunDirectory open(Path path) {
    try {
      Files.createDirectories(checkpoints(path));
      Files.createDirectories(path.resolve("codes"));
      FileChannel lock =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      RunDirectory directory = new RunDirectory(path, lock);
      directory.take();
      directory.tidyOrClose();
      return directory;
    } catch (IOException e) {
      throw new CheckpointException("cannot use %s for a run: %s".formatted(path, e), e);
    }
  }

  private void take() throws IOException {
    boolean taken = false;
    try {
      taken = lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // A run of this process has it.
    } finally {
      if (!taken) {
        lock.close();
      }
    }
    if (!taken) {
      throw new CheckpointException("another run is going on in " + path);
    }
  }

  private void tidyOrClose() throws IOException {
    boolean tidy = false;
    try {
      tidy();
      tidy = true;
    } finally {
      if (!tidy) {
        close();
      }
    }
  }

  private void tidy() throws IOException {
    for (Path room : List.of(checkpoints(), codes())) {
      try (Stream<Path> files = Files.list(room)) {
        for (Path file : files.filter(RunDirectory::isLeftover).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isLeftover(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".checkpoint-") && name.endsWith(".tmp")
        || name.startsWith("codes-") && name.endsWith(".bin");
  }

  static Path checkpoints(Path run) {
    return run.resolve("checkpoints");
  }

  Path checkpoints() {
    return checkpoints(path);
  }

  Path codes() {
    return path.resolve("codes");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock goes with the process.
    }
  }
}
