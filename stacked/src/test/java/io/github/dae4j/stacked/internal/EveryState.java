package io.github.dae4j.stacked.internal;

import java.util.ArrayList;
import java.util.List;

/** Keeps the state after each step. */
public final class EveryState<S> implements Checkpoints<S> {

  private final List<S> states = new ArrayList<>();

  public List<S> states() {
    return states;
  }

  @Override
  public boolean isDue() {
    return true;
  }

  @Override
  public void accept(S state) {
    states.add(state);
  }
}
