package io.github.dae4j.stacked.run;

/** A run that was told to stop and did; the message says where it will go on. */
public final class TrainingStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says where it will go on. */
  public TrainingStoppedException(String message) {
    super(message);
  }
}
