package io.github.dae4j.corruption;

/** A corruption whose strength is one number, so that it can follow a schedule. */
public interface AdjustableCorruption extends Corruption {

  /**
   * The same corruption at another strength.
   *
   * @param amount the new level or standard deviation, whichever this corruption has
   * @throws IllegalArgumentException if it is out of range
   */
  AdjustableCorruption withAmount(double amount);
}
