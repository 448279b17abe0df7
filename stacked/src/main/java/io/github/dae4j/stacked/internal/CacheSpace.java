package io.github.dae4j.stacked.internal;

import java.nio.file.Path;

/**
 * Where caches may put their rows.
 *
 * @param directory for what does not fit
 * @param memoryBudget the bytes that a cache may keep in memory
 */
public record CacheSpace(Path directory, long memoryBudget) {

  /** An empty cache for so many rows, or 0 where that is not known yet. */
  public CodeCache open(long expectedRows) {
    return new BudgetedCodeCache(directory, memoryBudget, expectedRows);
  }
}
