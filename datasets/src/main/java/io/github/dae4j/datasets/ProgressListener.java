package io.github.dae4j.datasets;

/** Is told how far work is that may take long, by one thread at a time. */
@FunctionalInterface
public interface ProgressListener {

  /** Does not look. */
  ProgressListener NONE = (task, done, total) -> {};

  /**
   * So much of a task is done; it is over when {@code done} is {@code total}, or when another task
   * is heard of.
   *
   * @param task what a person would call it, "Drawing digits"
   * @param total -1 if it is not known
   */
  void update(String task, long done, long total);
}
