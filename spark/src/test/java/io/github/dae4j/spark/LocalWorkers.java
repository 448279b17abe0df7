package io.github.dae4j.spark;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A cluster in a loop of one thread: what all others have to agree with, to the bit. */
final class LocalWorkers implements Workers {

  private final Slice[] first;
  private final Slice[] firstHeld;
  private Slice[] present;
  private Slice[] held;

  LocalWorkers(Slice[] rows, Slice[] held) {
    first = rows;
    firstHeld = held;
    rewind();
  }

  @Override
  public Averages round(Work work, Work.Moment moment, float[] start, float[] updater) {
    return Averages.of(
        Arrays.stream(work.slices(moment))
            .mapToObj(index -> work.train(index, present[index], start, updater, moment))
            .toArray(Share[]::new));
  }

  @Override
  public double error(Work work, float[] weights) {
    return Averages.of(
            IntStream.range(0, held.length)
                .mapToObj(index -> work.error(index, held[index], weights))
                .toArray(Share[]::new))
        .loss();
  }

  @Override
  public void advance(LayerWork below, float[] weights) {
    present = encoded(present, below, weights);
    held = encoded(held, below, weights);
  }

  private static Slice[] encoded(Slice[] slices, LayerWork below, float[] weights) {
    return Arrays.stream(slices).map(slice -> below.encode(slice, weights)).toArray(Slice[]::new);
  }

  @Override
  public void rewind() {
    present = first;
    held = firstHeld;
  }
}
