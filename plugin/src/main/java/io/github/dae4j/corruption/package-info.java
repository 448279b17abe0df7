/**
 * What a denoising autoencoder learns to undo: {@link io.github.dae4j.corruption.Corruption} maps a
 * clean minibatch to a corrupted one. All of them are immutable values that are stored in a saved
 * model by class name; a record of your own that implements the interface works as well.
 */
package io.github.dae4j.corruption;
