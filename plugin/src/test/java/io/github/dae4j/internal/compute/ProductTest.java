package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Against a plain loop in double, whatever way the operands lie. */
class ProductTest {

  /** c [m, n] = op(a) [m, k] op(b) [k, n]. */
  private record Shape(int m, int k, int n) {}

  private static final double[][] FACTORS = {{1, 0}, {1, 1}, {-0.3, 1}, {0.5, -0.3}};

  static Stream<Shape> shapes() {
    return Stream.of(
        new Shape(1, 1, 1),
        new Shape(1, 7, 5),
        new Shape(1, 5, 1),
        new Shape(6, 1, 4),
        new Shape(6, 3, 1),
        new Shape(1, 1, 9),
        new Shape(8, 1, 1),
        new Shape(5, 7, 3));
  }

  /** As {@link Tiling} cuts them, where that pays. */
  static Stream<Shape> shapesInPieces() {
    return Stream.of(
        new Shape(20, 784, 500),
        new Shape(100, 300, 257),
        new Shape(256, 104, 301),
        new Shape(2, 100, 17),
        new Shape(33, 130, 70),
        new Shape(2, 2000, 300),
        new Shape(32, 1953, 17));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isThatOfALoopInEveryLayout(Shape shape) {
    for (Layout a : Layout.values()) {
      for (Layout b : Layout.values()) {
        for (Layout c : Layout.values()) {
          double[] factors = FACTORS[(a.ordinal() + b.ordinal() + c.ordinal()) % FACTORS.length];
          check(shape, a, b, c, factors[0], factors[1], DataType.FLOAT);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapesInPieces")
  void isThatOfALoopInPieces(Shape shape) {
    check(shape, Layout.C, Layout.C, Layout.C, 1, 0, DataType.FLOAT);
    check(shape, Layout.C, Layout.F, Layout.F, -0.3, 1, DataType.FLOAT);
    check(shape, Layout.ROWS, Layout.COLUMNS, Layout.COLUMNS, 1, -0.3, DataType.FLOAT);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "HALF"})
  void isThatOfALoopInOtherTypes(DataType type) {
    for (Shape shape : List.of(new Shape(1, 5, 1), new Shape(1, 1, 1), new Shape(5, 7, 3))) {
      for (Layout layout : Layout.values()) {
        for (double[] factors : FACTORS) {
          check(shape, layout, Layout.F, Layout.C, factors[0], factors[1], type);
          check(shape, Layout.C, layout, Layout.F, factors[0], factors[1], type);
          check(shape, Layout.C, Layout.F, layout, factors[0], factors[1], type);
        }
      }
    }
  }

  @Test
  void overwritesWhatIsNoNumber() {
    for (Shape shape : List.of(new Shape(1, 40, 30), new Shape(20, 40, 30))) {
      INDArray a = Layout.C.random(DataType.FLOAT, shape.m, shape.k);
      INDArray b = Layout.C.random(DataType.FLOAT, shape.k, shape.n);
      INDArray c = Nd4j.valueArrayOf(new long[] {shape.m, shape.n}, Float.NaN, DataType.FLOAT);
      Product.of(a, b, c);
      assertThat(c.dup().data().asDouble()).doesNotContain(Double.NaN);
    }
  }

  @Test
  void leavesWhatLiesRoundAViewAsItWas() {
    INDArray whole = Nd4j.valueArrayOf(new long[] {24, 40}, 7, DataType.FLOAT);
    INDArray c = whole.get(NDArrayIndex.interval(2, 22), NDArrayIndex.interval(3, 33));
    INDArray a = Layout.C.random(DataType.FLOAT, 20, 120);
    INDArray b = Layout.F.random(DataType.FLOAT, 120, 30);
    Product.of(a, b, c);
    assertThat(c.getDouble(0, 0)).isNotEqualTo(7);
    c.assign(7);
    assertThat(whole.data().asFloat()).containsOnly(7);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    INDArray a = Nd4j.zeros(2, 3);
    INDArray b = Nd4j.zeros(4, 5);
    assertThatThrownBy(() -> Product.of(a, b, Nd4j.zeros(2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("matrix product: the shapes ")
        .hasMessageContaining("[2,3]")
        .hasMessageContaining("[4,5]")
        .hasMessageContaining("[2,5]")
        .hasMessageEndingWith(" of the result do not fit")
        .hasMessageNotContaining("transposed");
    assertThatThrownBy(() -> Product.of(a, true, b, true, 1, 0, Nd4j.zeros(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("] transposed, ");
    assertThatThrownBy(() -> Product.of(a, a.transpose(), Nd4j.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Product.of(a, a.transpose(), Nd4j.zeros(4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void check(
      Shape shape,
      Layout layoutA,
      Layout layoutB,
      Layout layoutC,
      double alpha,
      double beta,
      DataType type) {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        INDArray a =
            layoutA.random(type, transposeA ? shape.k : shape.m, transposeA ? shape.m : shape.k);
        INDArray b =
            layoutB.random(type, transposeB ? shape.n : shape.k, transposeB ? shape.k : shape.n);
        INDArray c = layoutC.random(type, shape.m, shape.n);
        double[][] expected =
            loop(
                cells(transposeA ? a.transpose() : a),
                cells(transposeB ? b.transpose() : b),
                cells(c),
                alpha,
                beta);
        Product.of(a, transposeA, b, transposeB, alpha, beta, c);
        assertThat(distance(cells(c), expected))
            .as("%s %s%s %s%s %s", shape, layoutA, transposeA, layoutB, transposeB, layoutC)
            .isLessThanOrEqualTo(tolerance(type) * Math.sqrt(shape.k));
      }
    }
  }

  private static double tolerance(DataType type) {
    return switch (type) {
      case DOUBLE -> 1e-12;
      case HALF -> 5e-3;
      default -> 1e-5;
    };
  }

  private static double[][] loop(
      double[][] a, double[][] b, double[][] c, double alpha, double beta) {
    double[][] result = new double[c.length][c[0].length];
    for (int row = 0; row < a.length; row++) {
      for (int inner = 0; inner < b.length; inner++) {
        for (int column = 0; column < b[0].length; column++) {
          result[row][column] += alpha * a[row][inner] * b[inner][column];
        }
      }
      for (int column = 0; column < b[0].length; column++) {
        result[row][column] += beta * c[row][column];
      }
    }
    return result;
  }

  private static double[][] cells(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').toDoubleMatrix();
  }

  /** The largest difference, NaN if there is one. */
  private static double distance(double[][] one, double[][] other) {
    double largest = 0;
    for (int row = 0; row < one.length; row++) {
      for (int column = 0; column < one[0].length; column++) {
        largest = Math.max(largest, Math.abs(one[row][column] - other[row][column]));
      }
    }
    return largest;
  }
}
