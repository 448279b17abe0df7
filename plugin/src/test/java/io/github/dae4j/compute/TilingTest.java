package io.github.dae4j.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether pieces pay is the processor's affair; both answers must be right. */
class TilingTest {

  @ParameterizedTest
  @CsvSource({
    "20, 500, 784",
    "33, 70, 130",
    "100, 257, 300",
    "256, 784, 500",
    "2, 10, 100",
    "255, 1, 100",
    "32, 16, 1953",
    "17, 5000, 58000"
  })
  void piecesCoverTheWholeAndStaySmall(int m, int n, int k) {
    Tiling piece = Tiling.of(m, n, k);
    assertThat(piece.rows()).isBetween(1, m);
    assertThat(piece.columns()).isBetween(1, n);
    if (!piece.equals(new Tiling(m, n))) {
      assertThat((long) piece.rows() * piece.columns() * k).isLessThanOrEqualTo(1_000_000);
      assertThat(piece.columns() == n || piece.columns() % 16 == 0).isTrue();
      assertThat(piece.rows()).isLessThanOrEqualTo(32);
    }
  }

  /** One row, more than 256, little to sum over, or no sixteen columns within the bound. */
  @ParameterizedTest
  @CsvSource({"1, 500, 784", "257, 500, 784", "20, 500, 99", "32, 16, 1954", "2, 3, 70000"})
  void theWholeWhereNothingIsCut(int m, int n, int k) {
    assertThat(Tiling.of(m, n, k)).isEqualTo(new Tiling(m, n));
  }

  @ParameterizedTest
  @CsvSource({"20, 500, 784", "2, 2000000000, 100000"})
  void isOneOfTwo(int m, int n, int k) {
    Tiling whole = new Tiling(m, n);
    Tiling pieces = k == 784 ? new Tiling(20, 48) : whole;
    assertThat(Tiling.of(m, n, k)).isIn(whole, pieces);
  }
}
