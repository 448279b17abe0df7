package io.github.dae4j.internal.compute;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix of FLOAT where it lies: rows or columns are contiguous, {@code step} apart.
 *
 * @param cells at its first cell
 */
record Matrix(HostMemory.Address cells, int rows, int columns, boolean rowMajor, int step) {

  /** Null if neither rows nor columns are contiguous. */
  static Matrix of(INDArray array, boolean transposed) {
    long rows = array.size(transposed ? 1 : 0);
    long columns = array.size(transposed ? 0 : 1);
    long rowStep = rows == 1 ? columns : array.stride(transposed ? 1 : 0);
    long columnStep = columns == 1 ? rows : array.stride(transposed ? 0 : 1);
    boolean rowMajor = (columns == 1 || columnStep == 1) && rowStep >= columns;
    boolean columnMajor = (rows == 1 || rowStep == 1) && columnStep >= rows;
    if (rows * columns > Integer.MAX_VALUE || !(rowMajor || columnMajor)) {
      return null;
    }
    return new Matrix(
        new HostMemory.Address(array),
        (int) rows,
        (int) columns,
        rowMajor,
        (int) (rowMajor ? rowStep : columnStep));
  }

  Matrix transposed() {
    return new Matrix(cells, columns, rows, !rowMajor, step);
  }

  /** At most so many rows and columns from one on; its pointer may be used by another thread. */
  Matrix part(int row, int column, int mostRows, int mostColumns) {
    long offset = rowMajor ? (long) row * step + column : (long) column * step + row;
    return new Matrix(
        cells.from(offset),
        Math.min(mostRows, rows - row),
        Math.min(mostColumns, columns - column),
        rowMajor,
        step);
  }
}
