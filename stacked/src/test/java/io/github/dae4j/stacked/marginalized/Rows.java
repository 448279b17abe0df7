package io.github.dae4j.stacked.marginalized;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Examples whose features depend on each other. */
final class Rows {

  private Rows() {}

  /** [count, width] in [0, 2). */
  static double[][] correlated(int count, int width) {
    Random random = new Random(count + width);
    double[][] rows = new double[count][width];
    for (double[] row : rows) {
      double common = random.nextDouble();
      for (int i = 0; i < width; i++) {
        row[i] = random.nextDouble() + (i % 2 == 0 ? common : 1 - common);
      }
    }
    return rows;
  }

  static DataSetIterator minibatches(double[][] rows, int size) {
    return minibatches(Nd4j.createFromArray(rows), size);
  }

  static DataSetIterator minibatches(INDArray rows, int size) {
    List<DataSet> examples =
        IntStream.range(0, (int) rows.size(0))
            .mapToObj(i -> rows.getRow(i, true).dup())
            .map(row -> new DataSet(row, row))
            .toList();
    return new ListDataSetIterator<>(examples, size);
  }
}
