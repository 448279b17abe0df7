package io.github.dae4j.cli.experiment;

import io.github.dae4j.stacked.anomaly.AnomalyEvaluation;

/**
 * How well some anomalies are told from the other rows.
 *
 * @param anomalies what they are
 * @param autoencoder by the errors of a denoising autoencoder
 * @param distance by the distance from the mean
 */
public record Separation(
    String anomalies, AnomalyEvaluation autoencoder, AnomalyEvaluation distance) {}
