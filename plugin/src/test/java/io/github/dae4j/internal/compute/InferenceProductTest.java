package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Small products, some of several pieces, and some of which a single row is too much for one. */
class InferenceProductTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 30, 10", "7, 5, 3", "1024, 30, 10", "300, 59, 256", "3, 600, 500"})
  void isTheProductWithItsBiasInEveryTypeAndOrder(int m, int k, int n) {
    Nd4j.getRandom().setSeed(3);
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (char order : new char[] {'c', 'f'}) {
        INDArray x = Nd4j.rand(type, m + 2, k).subi(0.5).dup(order);
        INDArray a = x.get(NDArrayIndex.interval(1, m + 1), NDArrayIndex.all());
        INDArray w = Nd4j.rand(type, k, n).subi(0.5).dup(order);
        INDArray b = Nd4j.rand(type, 1, n);
        assertClose(InferenceProduct.of(a, w, b), a, w, b);
        assertClose(InferenceProduct.of(a, w, null), a, w, Nd4j.zeros(type, 1, n));
        assertClose(InferenceProduct.of(a, w.transpose().dup(order), true, b), a, w, b);
      }
    }
  }

  private static void assertClose(INDArray is, INDArray a, INDArray w, INDArray b) {
    double[] product = FiniteCells.values(is);
    double[] x = FiniteCells.values(a);
    double[] weights = FiniteCells.values(w);
    double[] biases = FiniteCells.values(b);
    int k = (int) w.size(0);
    int n = biases.length;
    assertThat(is.shape()).containsExactly(a.size(0), n);
    for (int cell = 0; cell < product.length; cell += Math.max(1, product.length / 500)) {
      int row = cell / n;
      int column = cell % n;
      double sum = biases[column];
      for (int i = 0; i < k; i++) {
        sum += x[row * k + i] * weights[i * n + column];
      }
      assertThat(product[cell]).isCloseTo(sum, within(1e-6 * (k + 1)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1024, 30, 10", "100, 784, 500"})
  void givesTheSameBitsToManyThreadsAtOnce(int m, int k, int n) {
    INDArray a = Nd4j.rand(DataType.FLOAT, m, k);
    INDArray w = Nd4j.rand(DataType.FLOAT, k, n);
    INDArray b = Nd4j.rand(DataType.FLOAT, 1, n);
    float[] alone = HostMemory.copy(InferenceProduct.of(a, w, b));
    List<float[]> together =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(call -> HostMemory.copy(InferenceProduct.of(a, w, b)))
            .toList();
    assertThat(together).allSatisfy(bits -> assertThat(bits).isEqualTo(alone));
  }
}
