package io.github.dae4j.stacked.internal;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A cache in memory up to a budget; what grows beyond it moves to a file as a whole. */
final class BudgetedCodeCache implements CodeCache {

  private static final int ROWS_PER_MOVE = 64;

  private final Path directory;
  private final long memoryBudget;
  private final long expectedRows;
  private CodeCache rows = new MemoryCodeCache();

  /**
   * An empty cache.
   *
   * @param expectedRows how many rows will come, or 0 where that is not known yet; what will not
   *     fit goes to the file at once
   */
  BudgetedCodeCache(Path directory, long memoryBudget, long expectedRows) {
    this.directory = directory;
    this.memoryBudget = memoryBudget;
    this.expectedRows = expectedRows;
  }

  @Override
  public void append(INDArray minibatch) {
    if (place() == Place.MEMORY) {
      long rowBytes = RowLayout.of(minibatch).rowBytes();
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
