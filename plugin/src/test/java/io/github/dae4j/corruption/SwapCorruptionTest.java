package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SwapCorruptionTest {

  @RepeatedTest(100)
  void takesATouchedValueFromTheSameColumnOfAnotherRow(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(20);
    int columns = 1 + random.nextInt(20);
    double level = Minibatch.level(random);
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE}) {
      Corrupted corrupted =
          new SwapCorruption(level)
              .corrupt(Minibatch.numbered(type, rows, columns), Minibatch.random(seed), 0, 0);
      double[][] touched = Minibatch.doubles(corrupted.touched());
      int[][] sources = sources(corrupted);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          assertThat(sources[row][column] % columns).isEqualTo(column);
          boolean otherRow = sources[row][column] / columns != row;
          assertThat(otherRow).isEqualTo(touched[row][column] == 1);
        }
      }
    }
  }

  @Test
  void drawsEachOtherRowAlikeAndForEachCellOnItsOwn() {
    int columns = 20_000;
    INDArray clean = Minibatch.numbered(DataType.DOUBLE, 5, columns);
    int[][] sources = sources(new SwapCorruption(1).corrupt(clean, Minibatch.random(6), 0, 0));
    for (int row = 0; row < 5; row++) {
      int[] donors = IntStream.of(sources[row]).map(source -> source / columns).toArray();
      for (int donor = 0; donor < 5; donor++) {
        int wanted = donor;
        double share = IntStream.of(donors).filter(d -> d == wanted).count() / (double) columns;
        assertThat(share).isCloseTo(donor == row ? 0 : 0.25, within(Minibatch.tolerance(columns)));
      }
      double repeated =
          IntStream.range(0, columns / 2).filter(i -> donors[2 * i] == donors[2 * i + 1]).count();
      assertThat(repeated / (columns / 2))
          .isCloseTo(0.25, within(Minibatch.tolerance(columns / 2)));
    }
  }

  @Test
  void takesTheColumnsOfAGroupFromOneRow() {
    ColumnGroups groups = CorruptionCase.GROUPS;
    INDArray clean = Minibatch.numbered(DataType.FLOAT, 40, CorruptionCase.FEATURES);
    Corrupted corrupted = new SwapCorruption(0.5, groups).corrupt(clean, Minibatch.random(9), 0, 0);
    double[][] touched = Minibatch.doubles(corrupted.touched());
    int[][] sources = sources(corrupted);
    for (int row = 0; row < 40; row++) {
      for (int column = 1; column < CorruptionCase.FEATURES; column++) {
        if (groups.numbers().get(column).equals(groups.numbers().get(column - 1))) {
          assertThat(touched[row][column]).isEqualTo(touched[row][column - 1]);
          assertThat(sources[row][column] / CorruptionCase.FEATURES)
              .isEqualTo(sources[row][column - 1] / CorruptionCase.FEATURES);
        }
      }
    }
  }

  @Test
  void leavesOneHotBlocksOneHot() {
    int rows = 200;
    INDArray clean = Nd4j.zeros(DataType.FLOAT, rows, 7);
    for (int row = 0; row < rows; row++) {
      clean.putScalar(row, row % 3, 1);
      clean.putScalar(row, 3 + row % 4, 1);
    }
    Corruption corruption = new SwapCorruption(0.5, ColumnGroups.ofWidths(3, 4));
    double[][] values =
        Minibatch.doubles(corruption.corrupt(clean, Minibatch.random(1), 0, 0).values());
    for (double[] row : values) {
      assertThat(row[0] + row[1] + row[2]).isEqualTo(1);
      assertThat(row[3] + row[4] + row[5] + row[6]).isEqualTo(1);
    }
    assertThat(values).isNotEqualTo(Minibatch.doubles(clean));
  }

  /** The cell, counted row by row, from which each value of a numbered minibatch came. */
  private static int[][] sources(Corrupted corrupted) {
    return corrupted.values().castTo(DataType.DOUBLE).subi(1).toIntMatrix();
  }
}
