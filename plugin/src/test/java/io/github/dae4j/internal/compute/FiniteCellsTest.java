package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FiniteCellsTest {

  @ParameterizedTest
  @EnumSource(names = {"HALF", "FLOAT", "DOUBLE", "INT"})
  void theFirstCellThatIsNoFiniteNumberInEveryTypeAndOrder(DataType type) {
    for (char order : new char[] {'c', 'f'}) {
      INDArray x = Nd4j.create(type, new long[] {20, 7}, order);
      assertThat(FiniteCells.first(x, false)).isEqualTo(-1);
      if (type.isFPType()) {
        x.putScalar(9, 6, Double.NEGATIVE_INFINITY);
        x.putScalar(3, 2, Double.NaN);
        assertThat(FiniteCells.first(x, false)).isEqualTo(3 * 7 + 2);
        assertThat(FiniteCells.first(x, true)).isEqualTo(9 * 7 + 6);
        x.putScalar(9, 6, 1);
        assertThat(FiniteCells.first(x, true)).isEqualTo(-1);
      }
    }
  }
}
