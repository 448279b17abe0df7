package io.github.dae4j.cli.console;

import java.util.Locale;

/**
 * An epoch that has ended.
 *
 * @param stage what was trained, as "layer 0"
 * @param epoch from 1
 * @param epochs at most
 * @param cost the mean over minibatches while they were trained on
 * @param validation the last score there is, null for none
 * @param seconds of the epoch, or of the whole stage where its epochs are told as one
 */
public record Epoch(
    String stage, int epoch, int epochs, double cost, Double validation, double seconds) {

  /** The same, after so many seconds. */
  Epoch of(double seconds) {
    return new Epoch(stage, epoch, epochs, cost, validation, seconds);
  }

  /** A line for a person. */
  String line() {
    return String.format(Locale.ROOT, "%-11s  %s  %.1f s", stage, state(), seconds);
  }

  /** How far it is and how it goes. */
  String state() {
    String cost = String.format(Locale.ROOT, "epoch %d/%d  cost %.4g", epoch, epochs, this.cost);
    return validation == null
        ? cost
        : cost + String.format(Locale.ROOT, "  validation %.4g", validation);
  }
}
