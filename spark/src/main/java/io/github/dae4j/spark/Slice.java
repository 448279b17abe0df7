package io.github.dae4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/**
 * The rows that one worker trains on in one round, as a matrix in one array.
 *
 * <p>Which rows these are, and their order, follows from a seed and the rows' contents: a hash
 * chooses the slice, and rows are sorted by hash, then content. How they came does not matter.
 */
final class Slice implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int width;
  private final float[] cells;

  Slice(int width, float[] cells) {
    this.width = width;
    this.cells = cells;
  }

  int rows() {
    return width == 0 ? 0 : cells.length / width;
  }

  int width() {
    return width;
  }

  float[] cells() {
    return cells;
  }

  /** All rows in another order [rows, to - from], with the columns in [from, to). */
  INDArray columns(int from, int to, int[] order) {
    float[] ordered = new float[order.length * (to - from)];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(cells, order[i] * width + from, ordered, i * (to - from), to - from);
    }
    return Nd4j.createFromArray(ordered).reshape(order.length, to - from);
  }

  /** The first columns of all rows in an order, some rows at a time: no copy of all is made. */
  Iterable<INDArray> minibatches(int columns, int[] order, int rows) {
    return () ->
        IntStream.iterate(0, from -> from < order.length, from -> from + rows)
            .mapToObj(from -> Arrays.copyOfRange(order, from, Math.min(from + rows, order.length)))
            .map(some -> columns(0, columns, some))
            .iterator();
  }

  /**
   * The cells of a matrix, row after row. ND4J's toFloatMatrix takes longer than computing its rows
   * does, because it makes an array of each.
   */
  static float[] cells(INDArray matrix) {
    return matrix.reshape(matrix.length()).toFloatVector();
  }

  static float[][] rows(INDArray matrix) {
    int width = (int) matrix.size(1);
    float[] cells = cells(matrix);
    return IntStream.range(0, (int) matrix.size(0))
        .mapToObj(row -> Arrays.copyOfRange(cells, row * width, (row + 1) * width))
        .toArray(float[][]::new);
  }

  /** The indices of the first rows, of all if there are no more. */
  int[] first(int most) {
    int[] order = new int[Math.min(most, rows())];
    Arrays.setAll(order, row -> row);
    return order;
  }

  /** Slices of rows of equal widths, as many as asked for; one partition each. */
  static JavaRDD<Slice> of(JavaRDD<float[]> rows, int slices, long seed) {
    return rows.mapToPair(row -> new Tuple2<>(hash(row, seed), row))
        .partitionBy(new BySlice(slices))
        .mapPartitions(Slice::sorted, true);
  }

  private static Iterator<Slice> sorted(Iterator<Tuple2<Long, float[]>> rows) {
    List<Tuple2<Long, float[]>> held = new ArrayList<>();
    rows.forEachRemaining(held::add);
    return List.of(of(held)).iterator();
  }

  private static Slice of(List<Tuple2<Long, float[]>> rows) {
    rows.sort(
        Comparator.comparingLong((Tuple2<Long, float[]> row) -> row._1())
            .thenComparing(Tuple2::_2, Arrays::compare));
    int width = rows.isEmpty() ? 0 : rows.get(0)._2().length;
    float[] cells = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i)._2(), 0, cells, i * width, width);
    }
    return new Slice(width, cells);
  }

  /** The slices that {@link #of(JavaRDD, int, long)} gives, of rows in memory. */
  static Slice[] of(float[][] rows, int slices, long seed) {
    BySlice bySlice = new BySlice(slices);
    List<List<Tuple2<Long, float[]>>> parts = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      parts.add(new ArrayList<>());
    }
    for (float[] row : rows) {
      long hash = hash(row, seed);
      parts.get(bySlice.getPartition(hash)).add(new Tuple2<>(hash, row));
    }
    return parts.stream().map(Slice::of).toArray(Slice[]::new);
  }

  /** A hash of a row's content. */
  static long hash(float[] row, long seed) {
    long hash = Seeds.mixed(seed);
    for (float cell : row) {
      hash = (hash ^ Float.floatToIntBits(cell + 0f)) * 0xD6E8FEB86659FD93L; // -0 is 0
      hash ^= hash >>> 32;
    }
    return Seeds.mixed(hash);
  }

  /** A hash of the text of a row's first cells. */
  static long hash(Row row, int cells) {
    long hash = 0;
    for (int i = 0; i < cells; i++) {
      String text = String.valueOf(row.get(i));
      for (int j = 0; j < text.length(); j++) {
        hash = (hash ^ text.charAt(j)) * 0xD6E8FEB86659FD93L;
      }
      hash = Seeds.mixed(hash);
    }
    return hash;
  }

  /** Rows go to slices by their hash. */
  private static final class BySlice extends Partitioner {

    private static final long serialVersionUID = 1L;

    private final int slices;

    BySlice(int slices) {
      this.slices = slices;
    }

    @Override
    public int numPartitions() {
      return slices;
    }

    @Override
    public int getPartition(Object hash) {
      return (int) Math.floorMod((long) hash, (long) slices);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof BySlice bySlice && bySlice.slices == slices;
    }

    @Override
    public int hashCode() {
      return slices;
    }
  }
}
