package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether pieces pay is the processor's affair; both answers must be right. */
class TilingTest {

  /** Prints how some products are cut. */
  public static void main(String[] args) {
    for (int m : new int[] {1, 20, 100, 300}) {
      for (boolean byRows : new boolean[] {true, false}) {
        System.out.println(Tiling.of(m, 500, 784, byRows));
      }
    }
  }

  /** No stopwatch decides: another process, under load or not, sums in the same order. */
  @Test
  @Tag("slow")
  void everyProcessCutsAlike() throws Exception {
    String first = cutsOfAnotherProcess();
    assertThat(first).contains("Tiling[rows=");
    assertThat(cutsOfAnotherProcess()).isEqualTo(first);
  }

  private static String cutsOfAnotherProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Dio.github.dae4j.onednn=false",
                "-cp",
                System.getProperty("java.class.path"),
                TilingTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().filter(line -> line.startsWith("Tiling")).toList().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "20, 500, 784",
    "33, 70, 130",
    "100, 257, 300",
    "256, 784, 500",
    "2, 10, 100",
    "255, 1, 100",
    "32, 16, 1953",
    "17, 5000, 58000",
    "1, 5000, 784",
    "1000, 784, 500"
  })
  void partsCoverTheWholeAndPiecesStaySmall(int m, int n, int k) {
    for (boolean byRows : new boolean[] {true, false}) {
      Tiling tiling = Tiling.of(m, n, k, byRows);
      assertThat(tiling.rows()).isBetween(1, m);
      assertThat(tiling.columns()).isBetween(1, n);
      assertThat(tiling.inner()).isBetween(1, k);
      assertThat(tiling.parts(n) * tiling.columns()).isBetween(n, n + tiling.columns() - 1);
      if (tiling.rows() < m || tiling.inner() < Math.min(k, 512)) {
        assertThat((long) tiling.rows() * tiling.columns() * tiling.inner())
            .isLessThanOrEqualTo(1_000_000);
        assertThat(tiling.rows()).isLessThanOrEqualTo(32);
      }
    }
  }

  /** One row, more than 256, or little to sum over. */
  @ParameterizedTest
  @CsvSource({
    "1, 500, 784, 500", // too little to share
    "1, 1000, 784, 512",
    "257, 500, 784, 256",
    "784, 500, 1023, 256",
    "20, 500, 99, 256",
    "20, 1000, 40, 512",
    "20, 4000, 40, 512"
  })
  void bandsOfColumnsWhereNothingElseIsCut(int m, int n, int k, int columns) {
    assertThat(Tiling.of(m, n, k, false)).isEqualTo(new Tiling(m, columns, k));
  }

  /** With no sixteen columns within the bound the inner size is cut, if it is large. */
  @ParameterizedTest
  @CsvSource({"32, 16, 1954, 16, 496", "784, 500, 2048, 256, 512", "2, 3, 70000, 3, 512"})
  void aLargeInnerSizeIsCut(int m, int n, int k, int columns, int inner) {
    assertThat(Tiling.of(m, n, k, false)).isEqualTo(new Tiling(m, columns, inner));
  }

  @ParameterizedTest
  @CsvSource({"false, 48, 784", "true, 128, 112"})
  void piecesWhereTheyPay(boolean byRows, int columns, int inner) {
    assertThat(Tiling.of(20, 500, 784, byRows))
        .isIn(new Tiling(20, 256, 784), new Tiling(20, columns, inner));
  }
}
