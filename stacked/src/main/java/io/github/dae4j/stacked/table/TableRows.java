package io.github.dae4j.stacked.table;

import java.util.Iterator;

/** The rows of a table one after the other; closing ends the reading. */
public interface TableRows extends Iterator<TableRow>, AutoCloseable {

  @Override
  void close();
}
