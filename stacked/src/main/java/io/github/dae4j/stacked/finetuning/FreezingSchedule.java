package io.github.dae4j.stacked.finetuning;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which layers fine-tuning trains, and from which epoch on: {@code freezingBelow(3).then(5, 2)
 * .then(10, 0)} trains the layers from 3 on, from epoch 5 on those from 2 on, from epoch 10 on all
 * (gradual unfreezing: Howard and Ruder 2018).
 */
public final class FreezingSchedule {

  /** All layers train from the start. */
  public static final FreezingSchedule NONE = freezingBelow(0);

  private final NavigableMap<Integer, Integer> firstTrained;

  private FreezingSchedule(NavigableMap<Integer, Integer> firstTrained) {
    this.firstTrained = firstTrained;
  }

  /** From the first epoch on, only layers from {@code layer} on train. */
  public static FreezingSchedule freezingBelow(int layer) {
    if (!(layer >= 0)) {
      throw new IllegalArgumentException("FreezingSchedule layer must be >= 0, got " + layer);
    }
    return new FreezingSchedule(new TreeMap<>(Map.of(0, layer)));
  }

  /** The same until {@code epoch}, counted from 0; from then on layers from {@code layer} on. */
  public FreezingSchedule then(int epoch, int layer) {
    int lastEpoch = firstTrained.lastKey();
    if (!(epoch > lastEpoch)) {
      throw new IllegalArgumentException(
          "FreezingSchedule epoch must be > %d, got %d".formatted(lastEpoch, epoch));
    }
    int above = firstTrained.lastEntry().getValue();
    if (!(layer >= 0 && layer < above)) {
      throw new IllegalArgumentException(
          "FreezingSchedule layer from epoch %d on must be in [0, %d), got %d"
              .formatted(epoch, above, layer));
    }
    NavigableMap<Integer, Integer> longer = new TreeMap<>(firstTrained);
    longer.put(epoch, layer);
    return new FreezingSchedule(longer);
  }

  /** The lowest layer that trains in an epoch, counted from 0. */
  public int firstTrainedLayer(int epoch) {
    return firstTrained.floorEntry(epoch).getValue();
  }

  /** Whether other layers train in this epoch than in the one before. */
  boolean changesAt(int epoch) {
    return firstTrained.containsKey(epoch);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof FreezingSchedule other && firstTrained.equals(other.firstTrained);
  }

  @Override
  public int hashCode() {
    return firstTrained.hashCode();
  }

  /** The lowest trained layer by epoch. */
  @Override
  public String toString() {
    return "FreezingSchedule" + firstTrained;
  }
}
