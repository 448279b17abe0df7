package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.FusedKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays of n consecutive rows of a minibatch in a denoising step.
 *
 * @param first the place of the first row in the minibatch
 * @param x the corrupted input [n, nIn]
 * @param d the derivative of the decoder's pre-activation, before that itself [n, nIn]
 * @param da the derivative of the encoder's pre-activation, before that of the code [n, nOut]
 * @param y the code, before that the encoder's pre-activation [n, nOut]
 * @param sumsOfD over the rows [1, nIn]
 * @param sumsOfDa over the rows [1, nOut]
 * @param passes over these rows
 */
record StepRows(
    long first,
    INDArray x,
    INDArray d,
    INDArray da,
    INDArray y,
    INDArray sumsOfD,
    INDArray sumsOfDa,
    FusedKernels passes) {}
