package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HostMemoryTest {

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE", "HALF"})
  void rowsAreThoseOfAMatrixInEitherOrder(String type) {
    INDArray matrix = Nd4j.rand(DataType.valueOf(type), 3, 5);
    for (char order : new char[] {'c', 'f'}) {
      assertThat(HostMemory.rows(matrix.dup(order))).isDeepEqualTo(matrix.toFloatMatrix());
    }
  }
}
