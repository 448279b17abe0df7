package io.github.dae4j.cli.config;

import java.util.List;

/** How values of one kind are written: read strictly, and written so that they read back. */
interface Form<T> {

  /**
   * Reads a value.
   *
   * @throws ConfigurationException with the place, the path and the rule that is broken
   */
  T read(Located at);

  /** Scalars, lists and maps that {@link #read} gives back. */
  Object write(T value);

  /** What a value must be: "a number in [0, 1]". */
  String rule();

  /**
   * Checks a value that Java code gave.
   *
   * @throws BrokenRule at this key
   */
  default void check(String key, T value) {}

  /** The keys below a value that has this path. */
  default List<KeyDescription> keys(String path) {
    return List.of();
  }
}
