/**
 * Networks of denoising autoencoders. {@code StackedDenoisingAutoEncoder} trains, encodes,
 * reconstructs, imputes, predicts, saves and loads, all in the units of the user; {@code
 * PretrainableNetwork} is DL4J's network with layer-wise pretraining that works.
 */
package io.github.dae4j.stacked;
