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
    for (boolean byRows : new boolean[] {true, false}) {
      Tiling piece = Tiling.of(m, n, k, byRows);
      assertThat(piece.rows()).isBetween(1, m);
      assertThat(piece.columns()).isBetween(1, n);
      assertThat(piece.inner()).isBetween(1, k);
      if (!piece.equals(new Tiling(m, n, k))) {
        assertThat((long) piece.rows() * piece.columns() * piece.inner())
            .isLessThanOrEqualTo(1_000_000);
        assertThat(byRows ? piece.columns() : piece.inner()).isEqualTo(byRows ? n : k);
        assertThat(piece.rows()).isLessThanOrEqualTo(32);
      }
    }
  }

  /** One row, more than 256, little to sum over, or no sixteen columns within the bound. */
  @ParameterizedTest
  @CsvSource({"1, 500, 784", "257, 500, 784", "20, 500, 99", "32, 16, 1954", "2, 3, 70000"})
  void theWholeWhereNothingIsCut(int m, int n, int k) {
    assertThat(Tiling.of(m, n, k, false)).isEqualTo(new Tiling(m, n, k));
  }

  @ParameterizedTest
  @CsvSource({"false, 48, 784", "true, 500, 96"})
  void aPieceGoesAlongTheSecondMatrix(boolean byRows, int columns, int inner) {
    assertThat(Tiling.of(20, 500, 784, byRows))
        .isIn(new Tiling(20, 500, 784), new Tiling(20, columns, inner));
  }
}
