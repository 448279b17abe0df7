package io.github.dae4j.stacked.internal;

/**
 * Who keeps the states of a training, so that it can go on from one of them.
 *
 * <p>What it throws ends the training.
 *
 * @param <S> the state
 */
public interface Checkpoints<S> {

  /** Whether a state is wanted now, in the middle of an epoch; asked after each step. */
  boolean isDue();

  /** A state: one that was due, and one after each epoch and each layer. Its arrays are copies. */
  void accept(S state);

  /** Keeps nothing. */
  static <S> Checkpoints<S> none() {
    return new Checkpoints<>() {
      @Override
      public boolean isDue() {
        return false;
      }

      @Override
      public void accept(S state) {}
    };
  }
}
