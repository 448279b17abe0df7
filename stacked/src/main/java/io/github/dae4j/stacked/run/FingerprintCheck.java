package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.RandomState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which run it is: configuration and data, compared with those of a run that goes on as soon as
 * they are known.
 */
final class FingerprintCheck {

  private static final List<String> SETS =
      List.of(
          PretrainingStage.TRAIN + ".",
          PretrainingStage.VALIDATION + ".",
          TuningStage.TRAIN + ".",
          TuningStage.VALIDATION + ".");

  /** So that minibatches for which something is drawn are the same in each process. */
  private static final RandomState DIGESTING = new RandomState(1, 2);

  private final StackedDenoisingAutoEncoder stack;
  private final PretrainingStage pretraining;
  private final TuningStage tuning;
  private final Recorder recorder;
  private final List<DigestedIterator> sets = new ArrayList<>();
  private Fingerprint known = Fingerprint.EMPTY;
  private Fingerprint was;

  FingerprintCheck(
      StackedDenoisingAutoEncoder stack,
      PretrainingStage pretraining,
      TuningStage tuning,
      Recorder recorder) {
    this.stack = stack;
    this.pretraining = pretraining;
    this.tuning = tuning;
    this.recorder = recorder;
  }

  /**
   * Takes in what can be known before pretraining, whose data are taken in as it reads them.
   *
   * @param was that of the run that goes on, or null
   * @throws CheckpointException if it is not the same
   */
  void examine(Fingerprint was) {
    this.was = was;
    known = Configuration.fingerprint(stack, pretraining, tuning);
    if (was != null) {
      requireSame(without(was), known);
      known = known.with(was.only(SETS));
    }
    recorder.identify(known);
    if (tuning != null) {
      digested(TuningStage.TRAIN, tuning.train());
      if (tuning.validation() != null) {
        digested(TuningStage.VALIDATION, tuning.validation());
      }
      readRest();
    }
  }

  /** The minibatches of a set, taken in as they are read. */
  DigestedIterator digested(String set, DataSetIterator minibatches) {
    DigestedIterator digested =
        new DigestedIterator(set, minibatches, this::take, recorder::stopIfAsked);
    sets.add(digested);
    return digested;
  }

  /** Takes in the sets that nobody has read. */
  void readRest() {
    RandomState random = RandomState.of(Nd4j.getRandom());
    DIGESTING.restore(Nd4j.getRandom());
    sets.forEach(DigestedIterator::readUnlessRead);
    random.restore(Nd4j.getRandom());
  }

  private void take(Fingerprint data) {
    if (was != null) {
      requireSame(was.only(List.of(setOf(data))), data);
    }
    known = known.with(data);
    recorder.identify(known);
  }

  private static String setOf(Fingerprint data) {
    String name = data.values().firstKey();
    return name.substring(0, name.indexOf('.') + 1);
  }

  private static Fingerprint without(Fingerprint all) {
    SortedMap<String, String> values = new TreeMap<>(all.values());
    values.keySet().removeAll(all.only(SETS).values().keySet());
    return new Fingerprint(values);
  }

  private static void requireSame(Fingerprint was, Fingerprint is) {
    String changes = was.changesTo(is);
    if (!changes.isEmpty()) {
      throw new CheckpointException("the run cannot be resumed, for it has changed: " + changes);
    }
  }
}
