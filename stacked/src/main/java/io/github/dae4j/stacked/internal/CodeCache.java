package io.github.dae4j.stacked.internal;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer trains on, one row an example: written once from first to last, then read in any
 * order.
 *
 * <p>A row is whatever the layer below gives for an example, of any rank and type; all rows of a
 * cache are alike.
 */
public interface CodeCache extends AutoCloseable {

  /**
   * Adds a minibatch [minibatch, ...] at the end.
   *
   * @throws IllegalArgumentException if its rows are unlike those before
   * @throws IllegalStateException if a row has been read already
   * @throws java.io.UncheckedIOException if it cannot be stored
   */
  void append(INDArray minibatch);

  /** The rows of these indices, in their order [indices, ...], in the workspace that is open. */
  INDArray read(int[] indices);

  int rows();

  long bytes();

  Place place();

  /** Gives memory and disk space back; a second time, does nothing. */
  @Override
  void close();

  /** Where the rows are. */
  enum Place {
    MEMORY,
    FILE
  }

  /**
   * Where caches may put their rows.
   *
   * @param directory for what does not fit
   * @param memoryBudget the bytes that a cache may keep in memory
   */
  record Space(Path directory, long memoryBudget) {

    /** An empty cache for so many rows, or 0 where that is not known yet. */
    public CodeCache open(long expectedRows) {
      return new Budgeted(directory, memoryBudget, expectedRows);
    }
  }

  /** A cache in memory up to a budget; what grows beyond it moves to a file as a whole. */
  final class Budgeted implements CodeCache {

    private static final int ROWS_PER_MOVE = 64;

    private final Path directory;
    private final long memoryBudget;
    private final long expectedRows;
    private CodeCache rows = new SegmentedCodeCache.InMemory();

    /**
     * An empty cache.
     *
     * @param expectedRows how many rows will come, or 0 where that is not known yet; what will not
     *     fit goes to the file at once
     */
    Budgeted(Path directory, long memoryBudget, long expectedRows) {
      this.directory = directory;
      this.memoryBudget = memoryBudget;
      this.expectedRows = expectedRows;
    }

    @Override
    public void append(INDArray minibatch) {
      if (place() == Place.MEMORY) {
        long rowBytes = SegmentedCodeCache.RowLayout.of(minibatch).rowBytes();
        long next = bytes() + minibatch.size(0) * rowBytes;
        long needed = Math.max(expectedRows * rowBytes, next);
        if (needed > memoryBudget) {
          moveToFile(needed);
        }
      }
      rows.append(minibatch);
    }

    private void moveToFile(long needed) {
      CodeCache file = new MappedCodeCache(directory, needed);
      try (CodeCache memory = rows) {
        rows = file;
        for (int from = 0; from < memory.rows(); from += ROWS_PER_MOVE) {
          int to = Math.min(from + ROWS_PER_MOVE, memory.rows());
          file.append(memory.read(IntStream.range(from, to).toArray()));
        }
      }
    }

    @Override
    public INDArray read(int[] indices) {
      return rows.read(indices);
    }

    @Override
    public int rows() {
      return rows.rows();
    }

    @Override
    public long bytes() {
      return rows.bytes();
    }

    @Override
    public Place place() {
      return rows.place();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
