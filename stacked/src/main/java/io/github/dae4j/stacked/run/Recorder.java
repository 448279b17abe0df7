package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.internal.Checkpoints;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Writes the checkpoints of a run when they are due, and ends it after one when it shall stop. */
final class Recorder {

  private final CheckpointStore store;
  private final Duration interval;
  private final AtomicBoolean stopping;
  private Fingerprint fingerprint;
  private long last = System.nanoTime();

  /**
   * Nothing is written yet.
   *
   * @param interval the longest time between two checkpoints, but for the step that it ends in
   * @param stopping whether the run shall stop; taken back when it has
   */
  Recorder(CheckpointStore store, Duration interval, AtomicBoolean stopping) {
    this.store = store;
    this.interval = interval;
    this.stopping = stopping;
  }

  /** Which run it is, as far as that is known. */
  void identify(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** States of a trainer, each as the progress of the run. */
  <S> Checkpoints<S> of(Function<S, Progress> progress) {
    return new Checkpoints<>() {
      @Override
      public boolean isDue() {
        return stopping.get() || sinceLast().compareTo(interval) >= 0;
      }

      @Override
      public void accept(S state) {
        write(progress.apply(state));
        stopIfAsked();
      }
    };
  }

  private Duration sinceLast() {
    return Duration.ofNanos(System.nanoTime() - last);
  }

  void write(Progress progress) {
    store.write(new CheckpointFile.Checkpoint(fingerprint, progress));
    last = System.nanoTime();
  }

  /** Where there is nothing new to keep. */
  void stopIfAsked() {
    if (stopping.getAndSet(false)) {
      throw new TrainingStoppedException(
          "training was stopped; its checkpoint holds: " + store.lastPlace());
    }
  }
}
