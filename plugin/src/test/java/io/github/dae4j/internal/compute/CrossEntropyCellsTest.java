package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CrossEntropyCellsTest {

  /** To the bit, as saved models have it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10, 16, 33, 784})
  void sumsAreThoseOfNd4j(int columns) {
    INDArray x = Nd4j.rand(DataType.FLOAT, 20, columns);
    INDArray a = Nd4j.randn(DataType.FLOAT, 20, columns).muli(4);
    INDArray sums = CrossEntropyCells.sums(x, a);
    assertThat(sums.shape()).containsExactly(20);
    assertThat(HostMemory.copy(sums)).isEqualTo(HostMemory.copy(CrossEntropyCells.of(x, a).sum(1)));
  }
}
