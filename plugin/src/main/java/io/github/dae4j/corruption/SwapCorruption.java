package io.github.dae4j.corruption;

import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.HostMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.GatherNd;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Gives each cell, with probability {@code level}, the value that its column has in another row of
 * the minibatch, with a donor of its own for each cell (swap noise; Yoon et al. 2020, VIME); a
 * minibatch of one row stays as it is.
 *
 * @param level the probability of a cell, in [0, 1]
 * @param columnGroups columns that are chosen together and share their donor
 */
public record SwapCorruption(@JsonProperty(required = true) double level, ColumnGroups columnGroups)
    implements AdjustableCorruption {

  public SwapCorruption {
    Requirements.requireLevel(SwapCorruption.class, "level", level);
    columnGroups = columnGroups == null ? ColumnGroups.none() : columnGroups;
  }

  public SwapCorruption(double level) {
    this(level, ColumnGroups.none());
  }

  @Override
  public SwapCorruption withAmount(double level) {
    return new SwapCorruption(level, columnGroups);
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    validateFor(clean.columns());
    if (clean.rows() == 1) {
      return new Corrupted(clean, clean.like());
    }
    Draws draws = draws(clean, random);
    INDArray touched = columnGroups.spread(draws.touched());
    if (HostMemory.holdsRows(clean)) {
      INDArray values = Nd4j.createUninitialized(DataType.FLOAT, clean.shape(), 'c');
      rows(clean, draws).write(0, values);
      return new Corrupted(values, touched);
    }
    INDArray donors = donors(columnGroups.spread(draws.donors()));
    return new Corrupted(CellArrays.replace(clean, touched, donated(clean, donors)), touched);
  }

  @Override
  public CorruptedRows corruptRows(INDArray clean, Random random, int iteration, int epoch) {
    validateFor(clean.columns());
    if (clean.rows() == 1 || !HostMemory.holdsRows(clean)) {
      return null;
    }
    return rows(clean, draws(clean, random));
  }

  /** Of each group of columns in each row, whether it is touched and a number in [0, 1). */
  private record Draws(INDArray touched, INDArray donors) {}

  private Draws draws(INDArray clean, Random random) {
    long rows = clean.rows();
    long groups = columnGroups.count(clean.columns());
    INDArray touched = RandomArrays.bernoulli(level, clean.dataType(), random, rows, groups);
    return new Draws(touched, RandomArrays.uniform(random, rows, groups));
  }

  private CorruptedRows rows(INDArray clean, Draws draws) {
    int[] groups = columnGroups.ofColumns(clean.columns());
    return (first, x) ->
        FusedKernels.swapRows(clean, draws.touched(), draws.donors(), groups, first, x);
  }

  @Override
  public void validateFor(long features) {
    columnGroups.validateFor(SwapCorruption.class, features);
  }

  /** Another row for each cell: 1 to rows - 1 rows further on, round the end. */
  private static INDArray donors(INDArray draws) {
    long rows = draws.rows();
    INDArray steps = draws.castTo(DataType.DOUBLE).muli(rows - 1);
    INDArray own = CellArrays.numbers(rows).reshape(rows, 1);
    return Transforms.floor(steps, false).addi(1).addiColumnVector(own).fmodi(rows);
  }

  private static INDArray donated(INDArray clean, INDArray donors) {
    INDArray cells = donors.mul(clean.columns()).addiRowVector(CellArrays.numbers(clean.columns()));
    INDArray flat = clean.dup('c').reshape(clean.length(), 1);
    INDArray indices = cells.castTo(DataType.INT64).reshape(clean.rows(), clean.columns(), 1);
    return Nd4j.exec(new GatherNd(flat, indices))[0].reshape(clean.shape());
  }
}
