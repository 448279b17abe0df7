/**
 * Anomaly detection by reconstruction error. {@code AnomalyDetector} scores rows, flags those above
 * a threshold and names the features that explain a score.
 */
package io.github.dae4j.stacked.anomaly;
