package io.github.dae4j.corruption;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * Applies a corruption to the cells of each column with that column's own level: a cell is touched
 * where its column (or group of columns) is drawn and the corruption touches it.
 *
 * @param levels the probability of each column, in [0, 1]
 * @param columnGroups columns that are drawn together; they must have the same level
 * @param corruption what happens to a drawn cell; masking if it is left out
 */
public record PerColumnCorruption(
    List<Double> levels, ColumnGroups columnGroups, Corruption corruption) implements Corruption {

  public PerColumnCorruption {
    levels = Requirements.requireAllGiven(PerColumnCorruption.class, "levels", levels);
    columnGroups = columnGroups == null ? ColumnGroups.none() : columnGroups;
    corruption = corruption == null ? new MaskingCorruption(1) : corruption;
    for (int column = 0; column < levels.size(); column++) {
      Requirements.requireLevel(
          PerColumnCorruption.class, "level of column " + column, levels.get(column));
    }
    requireOneLevelPerGroup(levels, columnGroups.numbers());
  }

  public PerColumnCorruption(Corruption corruption, double... levels) {
    this(
        levels == null ? null : Arrays.stream(levels).boxed().toList(),
        ColumnGroups.none(),
        corruption);
  }

  public PerColumnCorruption(double... levels) {
    this(new MaskingCorruption(1), levels);
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    validateFor(clean.columns());
    long groups = columnGroups.count(clean.columns());
    INDArray drawn = columnGroups.spread(RandomArrays.uniform(random, clean.rows(), groups));
    INDArray touched = drawn.lt(CellArrays.row(levels, DataType.FLOAT)).castTo(clean.dataType());
    Corrupted corrupted = corruption.corrupt(clean, random, iteration, epoch);
    touched.muli(corrupted.touched());
    return new Corrupted(CellArrays.replace(clean, touched, corrupted.values()), touched);
  }

  @Override
  public void validateFor(long features) {
    Requirements.requireFeatures(PerColumnCorruption.class, "levels", levels.size(), features);
    corruption.validateFor(features);
  }

  private static void requireOneLevelPerGroup(List<Double> levels, List<Integer> groups) {
    if (groups.isEmpty()) {
      return;
    }
    if (groups.size() != levels.size()) {
      throw new IllegalArgumentException(
          "PerColumnCorruption has %d levels but %d grouped columns"
              .formatted(levels.size(), groups.size()));
    }
    for (int column = 0; column < levels.size(); column++) {
      int first = groups.indexOf(groups.get(column));
      if (!levels.get(column).equals(levels.get(first))) {
        throw new IllegalArgumentException(
            ("PerColumnCorruption columns of one group must have one level,"
                    + " but columns %d and %d of group %d have %s and %s")
                .formatted(
                    first, column, groups.get(column), levels.get(first), levels.get(column)));
      }
    }
  }
}
