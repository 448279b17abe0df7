package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.Minibatch.Layout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

class CorruptionContractTest {

  private static final DataType[] TYPES = {DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE};

  static Stream<CorruptionCase> cases() {
    return CorruptionCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keepsTheInputAndItsShapeAndTypeWhereverItLiesInMemory(CorruptionCase test) {
    for (DataType type : TYPES) {
      INDArray expected = Minibatch.numbered(type, 31, CorruptionCase.FEATURES);
      Corrupted reference = test.corrupt(expected, 5);
      for (Layout layout : Layout.values()) {
        INDArray clean = layout.of(expected);
        Corrupted corrupted = test.corrupt(clean, 5);
        assertThat(Minibatch.doubles(clean)).isDeepEqualTo(Minibatch.doubles(expected));
        for (INDArray result : new INDArray[] {corrupted.values(), corrupted.touched()}) {
          assertThat(result.dataType()).isEqualTo(type);
          assertThat(result.shape()).isEqualTo(expected.shape());
        }
        assertThat(Minibatch.doubles(corrupted.values()))
            .as("%s %s", type, layout)
            .isDeepEqualTo(Minibatch.doubles(reference.values()));
        assertThat(Minibatch.doubles(corrupted.touched()))
            .as("%s %s", type, layout)
            .isDeepEqualTo(Minibatch.doubles(reference.touched()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesUntouchedCellsAloneBitForBit(CorruptionCase test) {
    float[] awkward = {
      -0f, 0, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e-7f, 0.1f, 65504
    };
    for (DataType type : TYPES) {
      INDArray clean =
          Nd4j.tile(Nd4j.createFromArray(awkward), 9 * CorruptionCase.FEATURES)
              .reshape(72, CorruptionCase.FEATURES)
              .castTo(type);
      Corrupted corrupted = test.corrupt(clean, 6);
      double[][] touched = Minibatch.doubles(corrupted.touched());
      double[][] before = Minibatch.doubles(clean);
      double[][] after = Minibatch.doubles(corrupted.values());
      for (int row = 0; row < 72; row++) {
        for (int column = 0; column < CorruptionCase.FEATURES; column++) {
          assertThat(touched[row][column]).isIn(0.0, 1.0);
          if (touched[row][column] == 0) {
            assertThat(Double.doubleToLongBits(after[row][column]))
                .isEqualTo(Double.doubleToLongBits(before[row][column]));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesNoNaNOfNumbers(CorruptionCase test) {
    for (double large : new double[] {Double.POSITIVE_INFINITY, 65504, -65504}) {
      for (DataType type : TYPES) {
        INDArray clean = Nd4j.valueArrayOf(new long[] {50, CorruptionCase.FEATURES}, large, type);
        assertThat(test.corrupt(clean, 3).values().isNaN().any()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void touchesCellsAtTheStatedRate(CorruptionCase test) {
    // Cells of one row may depend on each other; rows never do.
    int rows = 10_000;
    for (DataType type : TYPES) {
      INDArray clean = Nd4j.ones(type, rows, CorruptionCase.FEATURES);
      INDArray touched = test.corrupt(clean, 11).touched().castTo(DataType.DOUBLE);
      assertThat(touched.meanNumber().doubleValue())
          .as("%s", type)
          .isCloseTo(test.rate(), within(Minibatch.tolerance(rows)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsFromTheGivenGeneratorAloneAndAsOftenForAnyContent(CorruptionCase test) {
    INDArray numbered = Minibatch.numbered(DataType.FLOAT, 40, CorruptionCase.FEATURES);
    Random other = Nd4j.getRandom();
    long[] before = {other.rootState(), other.nodeState()};
    Random first = Minibatch.random(8);
    Random second = Minibatch.random(8);
    Corrupted once = test.corruption().corrupt(numbered, first, 0, 1);
    Corrupted again = test.corruption().corrupt(numbered, Minibatch.random(8), 0, 1);
    test.corruption().corrupt(numbered.mul(-0.3).dup('f'), second, 0, 1);
    assertThat(again).isEqualTo(once);
    assertThat(second.nodeState()).isEqualTo(first.nodeState());
    assertThat(new long[] {other.rootState(), other.nodeState()}).isEqualTo(before);
    if (test.rate() > 0) {
      assertThat(test.corrupt(numbered, 9)).isNotEqualTo(once);
    }
  }

  /** Of as many rows as are written at a time, in any order. */
  @ParameterizedTest
  @MethodSource("cases")
  void rowsAreThoseOfTheWhole(CorruptionCase test) {
    for (DataType type : TYPES) {
      for (Layout layout : Layout.values()) {
        INDArray clean = layout.of(Minibatch.numbered(type, 90, CorruptionCase.FEATURES));
        Random whole = Minibatch.random(8);
        Random byRows = Minibatch.random(8);
        Corruption corruption = test.corruption();
        CorruptedRows rows = corruption.corruptRows(clean, byRows, 0, 1);
        if (rows == null) {
          assertThat(byRows.nodeState()).isEqualTo(whole.nodeState());
          continue;
        }
        INDArray expected = corruption.corrupt(clean, whole, 0, 1).values();
        for (int[] part : new int[][] {{30, 90}, {0, 7}, {7, 30}}) {
          INDArray x = Nd4j.create(type, part[1] - part[0], CorruptionCase.FEATURES);
          rows.write(part[0], x);
          assertThat(Minibatch.doubles(x))
              .isDeepEqualTo(
                  Minibatch.doubles(
                      expected.get(NDArrayIndex.interval(part[0], part[1]), NDArrayIndex.all())));
        }
        assertThat(byRows.rootState()).isEqualTo(whole.rootState());
        assertThat(byRows.nodeState()).isEqualTo(whole.nodeState());
      }
    }
  }

  /** Those of which training's time was measured. */
  @Test
  void masksAreDrawnByRows() {
    INDArray clean = Minibatch.numbered(DataType.FLOAT, 4, CorruptionCase.FEATURES);
    ISchedule half = new FixedSchedule(0.5);
    for (Corruption corruption :
        List.of(
            new NoCorruption(),
            new MaskingCorruption(0.3),
            new ScheduledCorruption(new MaskingCorruption(0), half))) {
      assertThat(corruption.corruptRows(clean, Minibatch.random(1), 0, 0)).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsFromTheDefaultGeneratorAsFromAnyOther(CorruptionCase test) {
    INDArray clean = Minibatch.numbered(DataType.FLOAT, 40, CorruptionCase.FEATURES);
    Nd4j.getRandom().setSeed(8);
    Random other = Minibatch.random(8);
    for (int step = 0; step < 3; step++) {
      assertThat(test.corruption().corrupt(clean, Nd4j.getRandom(), 0, 1))
          .isEqualTo(test.corruption().corrupt(clean, other, 0, 1));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesRowsOfAnotherWidth(CorruptionCase test) {
    Corruption corruption = test.corruption();
    assertThatNoException().isThrownBy(() -> corruption.validateFor(CorruptionCase.FEATURES));
    if (test.wrongWidth() == null) {
      assertThatNoException().isThrownBy(() -> corruption.validateFor(7));
      return;
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corruption.validateFor(7))
        .withMessage(test.wrongWidth());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> test.corrupt(Minibatch.ones(4, 7), 1))
        .withMessage(test.wrongWidth());
  }
}
