package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The cells of one row as they were written, with the place where they were. */
public final class TableRow {

  private final String table;
  private final long line;
  private final String[] cells;
  private final long[] quoted; // a bit for each cell; null for none

  TableRow(String table, long line, String[] cells, long[] quoted) {
    this.table = table;
    this.line = line;
    this.cells = cells;
    this.quoted = quoted;
  }

  /** "people.csv:17" of a file; "row 17" of rows that are in memory. */
  public String place() {
    return table == null ? "row " + line : table + ":" + line;
  }

  /** The number of the line where the row begins, or of the row, counted from 1. */
  public long line() {
    return line;
  }

  /** The number of cells. */
  public int size() {
    return cells.length;
  }

  /** A cell, untrimmed; null if there is none. */
  public String cell(int column) {
    return cells[column];
  }

  public List<String> cells() {
    return Collections.unmodifiableList(Arrays.asList(cells));
  }

  boolean isQuoted(int column) {
    return quoted != null
        && column >> 6 < quoted.length
        && (quoted[column >> 6] >>> column & 1) != 0;
  }

  /** The same row with other cells; what was in quotes stays so. */
  TableRow withCells(String[] others) {
    return new TableRow(table, line, others, quoted);
  }

  @Override
  public String toString() {
    return place() + ": " + cells();
  }
}
