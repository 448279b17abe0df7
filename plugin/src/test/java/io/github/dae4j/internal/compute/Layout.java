package io.github.dae4j.internal.compute;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** How the cells of a matrix lie in memory. */
enum Layout {
  C {
    @Override
    INDArray create(DataType type, int rows, int columns) {
      return Nd4j.create(type, new long[] {rows, columns}, 'c');
    }
  },

  F {
    @Override
    INDArray create(DataType type, int rows, int columns) {
      return Nd4j.create(type, new long[] {rows, columns}, 'f');
    }
  },

  /** Some rows of a larger matrix. */
  ROWS {
    @Override
    INDArray create(DataType type, int rows, int columns) {
      return Nd4j.create(type, new long[] {rows + 5, columns}, 'c')
          .get(NDArrayIndex.interval(3, rows + 3), NDArrayIndex.all());
    }
  },

  /** Some columns of a larger matrix. */
  COLUMNS {
    @Override
    INDArray create(DataType type, int rows, int columns) {
      return Nd4j.create(type, new long[] {rows, columns + 5}, 'c')
          .get(NDArrayIndex.all(), NDArrayIndex.interval(3, columns + 3));
    }
  },

  /** Every second column of every second row: nothing is contiguous. */
  SPREAD {
    @Override
    INDArray create(DataType type, int rows, int columns) {
      return Nd4j.create(type, new long[] {2L * rows, 2L * columns}, 'c')
          .get(NDArrayIndex.interval(0, 2, 2L * rows), NDArrayIndex.interval(0, 2, 2L * columns));
    }
  };

  abstract INDArray create(DataType type, int rows, int columns);

  /** Numbers of N(0, 1), each time the same. */
  INDArray random(DataType type, int rows, int columns) {
    java.util.Random random = new java.util.Random(31L * rows + columns);
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int column = 0; column < columns; column++) {
        row[column] = random.nextGaussian();
      }
    }
    return create(type, rows, columns).assign(Nd4j.create(values).castTo(type));
  }
}
