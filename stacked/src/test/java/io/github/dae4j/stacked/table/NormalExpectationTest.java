package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Words and numbers that depend on one another. */
class NormalExpectationTest {

  private static final FeatureLayout LAYOUT =
      FeatureLayout.of(
          List.of(
              new NumericColumn("a"),
              new CategoricalColumn("word", "low", "middle", "high"),
              new NumericColumn("b"),
              new NumericColumn("c")));

  private static float[][] rows(int count, int seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][];
    for (int row = 0; row < count; row++) {
      double a = random.nextGaussian();
      double b = 0.7 * a + 0.3 * random.nextGaussian();
      int word = a + 0.3 * random.nextGaussian() > 0.5 ? 2 : b > -0.5 ? 1 : 0;
      rows[row] = new float[] {(float) a, 0, 0, 0, (float) b, (float) (a - b)};
      rows[row][1 + word] = 1;
    }
    return rows;
  }

  /** By {@link GaussianFill}, which is another way to the same. */
  @Test
  void expectsOfEachColumnWhatWouldFillItsHole() {
    float[][] rows = rows(300, 1);
    NormalExpectation expectation = NormalExpectation.fit(rows, LAYOUT, 1);
    GaussianFill fill = GaussianFill.fit(rows, LAYOUT);
    for (float[] row : rows(50, 2)) {
      float[] expected = expectation.expected(row, LAYOUT);
      for (int column = 0; column < LAYOUT.columns(); column++) {
        int from = LAYOUT.from()[column];
        int to = LAYOUT.from()[column + 1];
        float[] holed = row.clone();
        Arrays.fill(holed, from, to, Float.NaN);
        float[] filled = fill.fill(holed, LAYOUT);
        for (int i = from; i < to; i++) {
          assertThat(expected[i]).as("feature %d", i).isCloseTo(filled[i], within(1e-3f));
        }
      }
    }
  }

  @Test
  void aColumnIsNotToldByItself() {
    NormalExpectation expectation = NormalExpectation.fit(rows(300, 1), LAYOUT, 1);
    float[] row = rows(1, 2)[0];
    float[] changed = row.clone();
    changed[0] += 3;
    float[] before = expectation.expected(row, LAYOUT);
    float[] after = expectation.expected(changed, LAYOUT);
    assertThat(after[0]).isEqualTo(before[0]);
    assertThat(after[4]).isGreaterThan(before[4]);
    assertThat(after[1] + after[2] + after[3]).isCloseTo(1, within(1e-6f));
  }

  @Test
  void missingCellsCountAsTheMean() {
    float[][] rows = rows(300, 1);
    float mean = 0;
    for (int row = 0; row < rows.length; row++) {
      if (row % 3 == 0) {
        rows[row][0] = Float.NaN;
      } else {
        mean += rows[row][0] / 200;
      }
    }
    float[][] filled = Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
    for (float[] row : filled) {
      row[0] = Float.isNaN(row[0]) ? mean : row[0];
    }
    float[] row = rows(1, 2)[0];
    float[] expected = NormalExpectation.fit(filled, LAYOUT, 1).expected(row, LAYOUT);
    assertThat(NormalExpectation.fit(rows, LAYOUT, 1).expected(row, LAYOUT))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(expected);
  }
}
