/**
 * The denoising autoencoder as a layer of Deeplearning4j. Begin with {@link
 * io.github.dae4j.layer.DenoisingAutoEncoder}, its configuration; {@link
 * io.github.dae4j.layer.DenoisingAutoEncoderLayer} is the layer at run time, which encodes,
 * decodes, reconstructs and imputes.
 */
package io.github.dae4j.layer;
