package io.github.dae4j.stacked.ladder;

/**
 * The learning rate's course over the epochs, as it is known when one of them begins.
 *
 * @param fallsFrom the first epoch of the fall to 0
 * @param end the number of epochs
 * @param most the epochs there are at most
 */
record RatePlan(int epoch, int fallsFrom, int end, int most) {

  /** The fall begins when patience has ended, or when its share of all epochs is left. */
  static RatePlan of(double share, int most, int epoch, long iteration, double patienceLimit) {
    int planned = most - (int) Math.round(share * most);
    if (epoch == 0 || patienceLimit > iteration) {
      return new RatePlan(epoch, planned, most, most);
    }
    double minibatches = (double) iteration / epoch;
    int exhausted = (int) Math.min(epoch, Math.ceil(patienceLimit / minibatches));
    if (exhausted >= planned) {
      return new RatePlan(epoch, planned, most, most);
    }
    int end = (int) Math.min(most, Math.max(epoch + 1.0, Math.ceil(exhausted / (1 - share))));
    return new RatePlan(epoch, exhausted, end, most);
  }

  double factor(int epoch) {
    return epoch < fallsFrom ? 1 : (end - epoch) / (double) (end - fallsFrom);
  }

  boolean falls() {
    return epoch >= fallsFrom;
  }

  /** Whether this epoch is the last one, before all are done. */
  boolean endsEarly() {
    return end < most && epoch + 1 >= end;
  }
}
