package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.experiment.LabelComparison.Start;

/**
 * How a network did that was fine-tuned on few labels.
 *
 * @param labels images that it was fine-tuned on
 * @param minibatches that it was fine-tuned for
 * @param validationError the least there was, in [0, 1]
 * @param testError with the parameters of then, in [0, 1]
 * @param seconds of fine-tuning
 */
public record LabelResult(
    int labels,
    Start start,
    long seed,
    int epochs,
    long minibatches,
    double validationError,
    double testError,
    double seconds) {}
