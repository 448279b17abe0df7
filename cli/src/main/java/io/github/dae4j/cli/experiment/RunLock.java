package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.DataException;
import io.github.dae4j.internal.file.FileErrors;
import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.internal.file.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps other commands that write out of a run's directory, from before the first byte until it is
 * closed or the process ends.
 *
 * <p>The configuration is locked besides the lock file, so that a lock file that somebody deletes
 * opens nothing.
 */
public final class RunLock implements AutoCloseable {

  private final RunFiles directory;
  private final List<FileChannel> channels = new ArrayList<>();
  private final List<Path> made = new ArrayList<>(); // the inner first

  private RunLock(RunFiles directory) {
    this.directory = directory;
    Path folder = directory.path().toAbsolutePath();
    for (; folder != null && !Files.exists(folder); folder = folder.getParent()) {
      made.add(folder);
    }
  }

  /**
   * Makes the directory, takes its lock and deletes what killed commands have left half written.
   *
   * @throws DataException if another command has the lock, or the directory cannot be written
   */
  static RunLock of(RunFiles directory) {
    RunLock lock = new RunLock(directory);
    boolean isTaken = false;
    try {
      OutputFolder.make(directory.path());
      if (!Files.exists(lock.file())) {
        lock.made.add(0, lock.file());
      }
      lock.take(lock.file(), StandardOpenOption.CREATE);
      lock.takeConfiguration();
      WholeFile.clearLeftovers(directory.path());
      isTaken = true;
      return lock;
    } catch (IOException e) {
      throw new DataException(
          "%s must be a folder that can be written: %s"
              .formatted(directory.path(), FileErrors.reason(e)),
          e);
    } finally {
      if (!isTaken) {
        lock.made.clear(); // another's
        lock.close();
      }
    }
  }

  private Path file() {
    return directory.path().resolve("train.lock");
  }

  /** Locks the configuration, too, as soon as it is there. */
  void takeConfiguration() throws IOException {
    if (directory.hasRun()) {
      take(directory.configuration());
    }
  }

  private void take(Path file, StandardOpenOption... more) throws IOException {
    List<StandardOpenOption> options = new ArrayList<>(List.of(more));
    options.add(StandardOpenOption.WRITE);
    FileChannel channel = FileChannel.open(file, options.toArray(StandardOpenOption[]::new));
    channels.add(channel);
    if (!isLocked(channel)) {
      throw new DataException("another command is training in " + directory.path());
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by this process
    }
  }

  /** Where no run was begun, the folder is as it was before. */
  @Override
  public void close() {
    if (!directory.hasRun()) {
      deleteWhatWasMade();
    }
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        // The lock goes with the process.
      }
    }
  }

  private void deleteWhatWasMade() {
    try {
      for (Path each : made) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // There is something else in the folder by now, or it is in the way of nothing.
    }
  }
}
