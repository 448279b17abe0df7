package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.CacheSpace;
import io.github.dae4j.stacked.internal.RunSeed;
import io.github.dae4j.stacked.internal.Shuffle;

/** What all layers of a run share. */
record RunSettings(RunSeed seed, boolean shuffled, CacheSpace space) {

  /** The order of the rows in an epoch. */
  int[] order(int layer, int epoch, int rows) {
    return shuffled
        ? Shuffle.permutation(rows, seed.of(RunSeed.Purpose.ORDER, layer, epoch))
        : Shuffle.none(rows);
  }
}
