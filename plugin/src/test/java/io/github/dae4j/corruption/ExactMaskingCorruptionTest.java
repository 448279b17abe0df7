package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ExactMaskingCorruptionTest {

  @RepeatedTest(100)
  void masksTheSameNumberOfCellsInEveryRow(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(12);
    int features = 1 + random.nextInt(40);
    double level = Minibatch.level(random);
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE}) {
      INDArray clean = Minibatch.ones(rows, features).castTo(type);
      Corrupted corrupted =
          new ExactMaskingCorruption(level).corrupt(clean, Minibatch.random(seed), 0, 0);
      assertThat(corrupted.touched().sum(1).castTo(DataType.DOUBLE).toDoubleVector())
          .containsOnly(Math.round(level * features));
      assertThat(corrupted.values()).isEqualTo(clean.sub(corrupted.touched()));
    }
  }

  @Test
  void countsRightWhereDrawsAreEqual() {
    for (double draw : new double[] {0, 0.5, 1 - Math.pow(2, -23)}) {
      INDArray equal = Nd4j.valueArrayOf(new long[] {5, 784}, draw, DataType.FLOAT);
      for (int masked : new int[] {0, 1, 235, 783, 784}) {
        INDArray kept = ExactMaskingCorruption.kept(equal, masked).castTo(DataType.FLOAT);
        assertThat(kept.sum(1).toFloatVector()).containsOnly(784 - masked);
      }
    }
  }

  @Test
  void masksEveryColumnAndEveryPairOfColumnsAlike() {
    int rows = 20_000;
    Corrupted corrupted =
        new ExactMaskingCorruption(0.25)
            .corrupt(Minibatch.ones(rows, 12), Minibatch.random(17), 0, 0);
    INDArray touched = corrupted.touched();
    double[][] together = Minibatch.doubles(touched.transpose().mmul(touched).divi(rows));
    for (int first = 0; first < 12; first++) {
      for (int second = 0; second < 12; second++) {
        // 3 of 12 cells: 3/12 for one column, 3/12 * 2/11 for two.
        double expected = first == second ? 0.25 : 0.25 * 2 / 11;
        assertThat(together[first][second]).isCloseTo(expected, within(Minibatch.tolerance(rows)));
      }
    }
  }
}
