/**
 * Images and tables that are read, downloaded or drawn: MNIST, IDX and NumPy files, folders of
 * images, digits, benchmark shapes, penguins. {@link io.github.dae4j.datasets.ImageSet} is a set of
 * images with or without classes, {@link io.github.dae4j.datasets.Splits} three of them.
 */
package io.github.dae4j.datasets;
