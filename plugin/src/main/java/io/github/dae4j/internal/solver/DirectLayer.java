package io.github.dae4j.internal.solver;

/** A layer that lets gradient descent take shorter ways. */
public interface DirectLayer {

  /**
   * Begins a step in which nobody looks at gradients, nor wants the derivatives of the network's
   * input. If {@code rate} is a number, the layer may take the step itself while it has the
   * derivatives in hand: to subtract rate times their sum over the minibatch from all parameters
   * that the present training updates.
   *
   * @return true if it will; if not, it writes its gradient views as ever
   */
  boolean beginDirectStep(double rate);

  void endDirectStep();

  /** Writes to the gradient views what the last direct step has spared them. */
  void completeGradient();
}
