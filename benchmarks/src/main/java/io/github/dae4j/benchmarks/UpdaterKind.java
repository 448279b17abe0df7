package io.github.dae4j.benchmarks;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** The updaters that are measured, at rates that train. */
public enum UpdaterKind {
  SGD(new Sgd(0.1)),
  NESTEROVS(new Nesterovs(0.01, 0.9)),
  ADAM(new Adam(0.001));

  private final IUpdater updater;

  UpdaterKind(IUpdater updater) {
    this.updater = updater;
  }

  /** One of its own for each network, for DL4J changes it in place. */
  public IUpdater updater() {
    return updater.clone();
  }
}
