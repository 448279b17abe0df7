/**
 * Stacked denoising autoencoders on Apache Spark: {@link
 * io.github.dae4j.spark.StackedDenoisingAutoEncoderEstimator} trains one on the rows of a Dataset,
 * {@link io.github.dae4j.spark.StackedDenoisingAutoEncoderModel} uses it.
 *
 * <p>Training is local SGD in rounds with block momentum (Chen and Huo 2016). Its result depends on
 * settings and rows alone: not on the order of the rows, on where and when tasks run, nor on tasks
 * that fail.
 */
package io.github.dae4j.spark;
