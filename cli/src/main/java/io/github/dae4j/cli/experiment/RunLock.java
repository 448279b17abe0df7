package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.DataException;
import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.internal.file.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
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

  private RunLock(RunFiles directory) {
    this.directory = directory;
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
      lock.take(directory.path().resolve("train.lock"), StandardOpenOption.CREATE);
      lock.takeConfiguration();
      WholeFile.clearLeftovers(directory.path());
      isTaken = true;
      return lock;
    } catch (IOException e) {
      throw new DataException(directory.path() + " must be a folder that can be written: " + e, e);
    } finally {
      if (!isTaken) {
        lock.close();
      }
    }
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

  @Override
  public void close() {
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        // The lock goes with the process.
      }
    }
  }
}
