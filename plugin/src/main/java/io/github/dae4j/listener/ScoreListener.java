package io.github.dae4j.listener;

import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * A listener that looks at counts, scores and parameters, never at gradients, updates or
 * activations, so that training may do without them: it is faster with such listeners alone.
 */
public interface ScoreListener extends TrainingListener {}
