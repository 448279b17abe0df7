package io.github.dae4j.stacked.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.internal.RunSeed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffleTest {

  private static final GreedyPretraining.Settings SETTINGS =
      new GreedyPretraining.Settings(new RunSeed(5), true, null);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void everyRowComesOnce(int rows) {
    int[] order = SETTINGS.order(1, 2, rows);
    Arrays.sort(order);
    assertThat(order).isEqualTo(IntStream.range(0, rows).toArray());
  }

  @Test
  void seedLayerAndEpochDetermineTheOrder() {
    int[] order = SETTINGS.order(1, 2, 50);
    assertThat(SETTINGS.order(1, 2, 50)).isEqualTo(order);
    assertThat(SETTINGS.order(1, 3, 50)).isNotEqualTo(order);
    assertThat(SETTINGS.order(2, 2, 50)).isNotEqualTo(order);
    assertThat(SETTINGS.order(2, 1, 50)).isNotEqualTo(order);
    assertThat(new GreedyPretraining.Settings(new RunSeed(6), true, null).order(1, 2, 50))
        .isNotEqualTo(order);
  }

  @Test
  void withoutShufflingRowsStayInOrder() {
    assertThat(new GreedyPretraining.Settings(new RunSeed(5), false, null).order(1, 2, 4))
        .containsExactly(0, 1, 2, 3);
  }

  /** A file format, once checkpoints rely on it. */
  @Test
  void theOrderOfASeedStaysTheSame() {
    assertThat(RunSeed.permutation(8, 1)).containsExactly(2, 6, 7, 0, 3, 1, 4, 5);
  }

  @Test
  void eachPlaceIsAsLikelyForEachRow() {
    int[][] counts = new int[4][4];
    for (int epoch = 0; epoch < 4000; epoch++) {
      int[] order = SETTINGS.order(0, epoch, 4);
      for (int place = 0; place < 4; place++) {
        counts[order[place]][place]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertThat(count).isBetween(880, 1120);
      }
    }
  }

  @Test
  void derivedSeedsDoNotCollide() {
    Set<Long> seeds = new HashSet<>();
    for (RunSeed.Purpose purpose : RunSeed.Purpose.values()) {
      for (int layer = 0; layer < 10; layer++) {
        for (int epoch = 0; epoch < 100; epoch++) {
          seeds.add(new RunSeed(0).of(purpose, layer, epoch));
        }
      }
    }
    assertThat(seeds).hasSize(RunSeed.Purpose.values().length * 10 * 100);
  }
}
