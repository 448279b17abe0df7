package io.github.dae4j.stacked.run;

import io.github.dae4j.internal.file.FileErrors;
import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.internal.file.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The directory of one run at a time: {@code checkpoints}, {@code codes} that memory has no room
 * for, and a lock, which ends with its process.
 */
final class RunDirectory implements AutoCloseable {

  /**
   * Those that runs of this process use: where the system's locks are a process's, a second channel
   * would give the first one's back when it is closed.
   */
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final Path real;
  private final FileChannel lock;

  private RunDirectory(Path path, Path real, FileChannel lock) {
    this.path = path;
    this.real = real;
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
      OutputFolder.make(checkpoints(path));
      OutputFolder.make(path.resolve("codes"));
      return taken(path, path.toRealPath());
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot use %s for a run: %s".formatted(path, FileErrors.reason(e)), e);
    }
  }

  private static RunDirectory taken(Path path, Path real) throws IOException {
    requireFree(IN_USE.add(real), path);
    FileChannel lock = null;
    boolean ready = false;
    try {
      lock =
          FileChannel.open(
              real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      requireFree(lock.tryLock() != null, path);
      RunDirectory directory = new RunDirectory(path, real, lock);
      directory.tidy();
      ready = true;
      return directory;
    } finally {
      if (!ready) {
        release(real, lock);
      }
    }
  }

  private static void requireFree(boolean free, Path path) {
    if (!free) {
      throw new CheckpointException("another run is going on in " + path);
    }
  }

  private static void release(Path real, FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      // The lock goes with the process.
    } finally {
      IN_USE.remove(real);
    }
  }

  private void tidy() throws IOException {
    WholeFile.clearLeftovers(path);
    WholeFile.clearLeftovers(checkpoints());
    try (Stream<Path> files = Files.list(codes())) {
      for (Path file : files.filter(RunDirectory::isLeftover).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isLeftover(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("codes-") && name.endsWith(".bin");
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
    release(real, lock);
  }
}
