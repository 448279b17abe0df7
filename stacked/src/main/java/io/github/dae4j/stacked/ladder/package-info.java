/**
 * Few labels: denoising at every level of a network while labels are told, as the objective of a
 * {@link io.github.dae4j.stacked.finetuning.FineTuner}.
 */
package io.github.dae4j.stacked.ladder;
