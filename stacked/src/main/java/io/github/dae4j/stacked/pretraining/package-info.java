/**
 * Pretraining, layer after layer. {@code GreedyPretrainer} trains each layer on the codes of those
 * below it, by a {@code LayerPlan} for each, with early stopping on a validation set if wanted.
 */
package io.github.dae4j.stacked.pretraining;
