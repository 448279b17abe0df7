package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FillingTest {

  /** A number and a column of two words. */
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(new int[] {0, 1, 3}, new boolean[] {false, true});

  private static final float[] HOLES = {Float.NaN, Float.NaN, Float.NaN};

  /** Net, 5 nearest, 20 nearest, normal, mean. */
  private static float[][] expectations() {
    return new float[][] {
      {1, 0.5f, 0.5f}, {2, 0.9f, 0.1f}, {3, 0.8f, 0.2f}, {4, 0.4f, 0.6f}, {5, 0.25f, 0.75f}
    };
  }

  @Test
  void numbersAreSumsAndWordsProductsOfPowers() {
    Filling filling =
        new Filling(
            new int[] {5, 20},
            new double[] {0.5, 0.25, 0.125, 0.125, 0},
            new double[] {1, 1, 0, 0, -1},
            true);
    float[][] expected = expectations();
    filling.fill(HOLES, LAYOUT, expected);
    assertThat(expected[0][0]).isEqualTo(0.5f + 0.5f + 0.375f + 0.5f);
    double one = 0.5 * 0.9 / 0.25;
    double other = 0.5 * 0.1 / 0.75;
    assertThat((double) expected[0][1]).isCloseTo(one / (one + other), within(1e-6));
    assertThat((double) expected[0][2]).isCloseTo(other / (one + other), within(1e-6));
  }

  @Test
  void knownCellsStayTheNets() {
    float[][] expected = expectations();
    new FillingSearch().found().fill(new float[] {0, 1, 0}, LAYOUT, expected);
    assertThat(expected[0]).containsExactly(expectations()[0]);
  }

  @Test
  void withoutCellsAllCountEqually() {
    Filling filling = new FillingSearch().found();
    assertThat(filling.nearest()).containsExactly(5, 20);
    double[] equal = {1.0 / 3, 1.0 / 6, 1.0 / 6, 1.0 / 3, 0};
    assertThat(filling.ofNumbers()).containsExactly(equal, within(1e-12));
    assertThat(filling.ofWords()).containsExactly(equal, within(1e-12));
  }

  /** Twenty nearest rows know the number, five the word but for its overrated first. */
  @Test
  void whoIsRightIsFoundOut() {
    SplittableRandom random = new SplittableRandom(1);
    FillingSearch search = new FillingSearch();
    for (int cell = 0; cell < 5000; cell++) {
      double truth = random.nextDouble(-2, 2);
      float chance = (float) random.nextDouble(0.05, 0.95);
      int word = random.nextDouble() < chance ? 1 : 2;
      float overrated = 0.8f * chance / (0.8f * chance + 0.2f * (1 - chance));
      float[][] expected = new float[5][];
      for (int k = 0; k < expected.length; k++) {
        float guess = (float) random.nextDouble(0.1, 0.9);
        expected[k] = new float[] {(float) random.nextDouble(-2, 2), guess, 1 - guess};
      }
      expected[2][0] = (float) (truth + random.nextDouble(-0.1, 0.1));
      expected[1][1] = overrated;
      expected[1][2] = 1 - overrated;
      expected[4] = new float[] {0, 0.8f, 0.2f};
      search.addNumber(truth, expected, 0);
      search.addWord(word, expected, 1, 3);
    }
    Filling filling = search.found();
    assertThat(filling.ofNumbers()).containsExactly(new double[] {0, 0, 1, 0, 0}, within(0.02));
    assertThat(filling.ofWords()).containsExactly(new double[] {0, 1, 0, 0, -1}, within(0.3));
    assertThat(DoubleStream.of(filling.ofNumbers()).sum()).isCloseTo(1, within(1e-9));
  }

  /** Models of earlier versions. */
  @Test
  void sumsOfBothAreAsTheyWere() {
    float[][] expected = {{1, 0.5f, 0.5f}, {2, 0.9f, 0.1f}, {4, 0.4f, 0.6f}, {5, 0.25f, 0.75f}};
    Filling filling = Filling.ofSums(0.3, 0.2, 0.25, 0.5);
    filling.fill(HOLES, LAYOUT, expected);
    assertThat(filling.nearest()).containsExactly(10);
    assertThat(expected[0][0]).isEqualTo((float) (0.3 * 1 + 0.2 * 2 + (1 - 0.3 - 0.2) * 4));
    assertThat(expected[0][1]).isEqualTo((float) (0.25 * 0.5f + 0.5 * 0.9f + 0.25 * 0.4f));
    assertThat(Filling.ofSums(1, 0, 0.5, 0).needsNearest()).isFalse();
    assertThat(filling.needsNearest()).isTrue();
  }

  @Test
  void weightsBeyondReasonAreRefused() {
    double[] three = {1, 0, 0};
    assertThatThrownBy(() -> new Filling(new int[0], three, new double[4], true))
        .hasMessage("filling needs 3 weights, got 3 of numbers and 4 of words");
    assertThatThrownBy(() -> new Filling(new int[0], three, new double[] {0, Double.NaN, 0}, true))
        .hasMessage("weights of filling must be within 1000.0, got NaN");
    assertThatThrownBy(() -> new Filling(new int[] {0}, new double[4], new double[4], true))
        .hasMessage("filling takes 1 to 1000 nearest rows, got 0");
    assertThatThrownBy(() -> Filling.ofSums(0.7, 0.4, 0, 0))
        .hasMessage("weights must be >= 0 and at most 1 together, got 0.7 and 0.4");
  }
}
