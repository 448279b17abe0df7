package io.github.dae4j.stacked.ladder;

import io.github.dae4j.internal.compute.MatrixCells;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a step remembers of a level of d units. Rows are those of three sections: unlabelled ones
 * that stay clean, the same corrupted, labelled ones corrupted; each is normalized on its own.
 */
final class Level {

  /** Sections of rows: where each begins and ends. */
  record Sections(int unlabelled, int labelled) {

    static final int CLEAN = 0;
    static final int CORRUPTED = 1;
    static final int LABELLED = 2;
    static final int COUNT = 3;

    int from(int section) {
      return section * unlabelled;
    }

    int rows(int section) {
      return section == LABELLED ? labelled : unlabelled;
    }

    int all() {
      return 2 * unlabelled + labelled;
    }
  }

  /** A matrix as products and as loops see it. */
  record Cells(INDArray array, MatrixCells cells) {

    static Cells of(DataType type, int rows, int columns) {
      INDArray array = Nd4j.create(type, new long[] {rows, columns}, 'c');
      return new Cells(array, new MatrixCells(array));
    }

    void read(int from, int n, int at, int w, double[] to, Columns.Scratch scratch) {
      cells.read(from, n, at, w, to, scratch.row(w));
    }

    void write(int from, int n, int at, int w, double[] values, Columns.Scratch scratch) {
      cells.write(from, n, at, w, values, scratch.row(w));
    }
  }

  final int width;

  /** The normalized sums z, [all, d]. */
  final Cells normalized;

  /** With noise in the corrupted sections; at level 0 the input. */
  final Cells noisy;

  /** The activations h; at level 0 the same as {@link #noisy}. */
  final Cells output;

  /** Derivatives: those of z from costs and decoder, then those of the sums before it. */
  final Cells delta;

  /** Derivatives of h, from the level above. */
  final Cells outputDelta;

  /** From above, normalized: u, [unlabelled, d]. */
  final Cells vertical;

  /** Derivatives of u before it was normalized. */
  final Cells verticalDelta;

  final Cells estimate;
  final Cells estimateDelta;

  final double[][] mean;
  final double[][] inverse;
  final double[] verticalMean;
  final double[] verticalInverse;

  /** Derivatives of the clean section's mean and of its 1 / deviation. */
  final double[] meanDelta;

  final double[] inverseDelta;

  Level(DataType type, Sections sections, int width, boolean isInput, boolean isDecoded) {
    this.width = width;
    int all = sections.all();
    int n = sections.unlabelled();
    noisy = Cells.of(type, all, width);
    output = isInput ? noisy : Cells.of(type, all, width);
    normalized = isInput ? null : Cells.of(type, all, width);
    delta = isInput ? null : Cells.of(type, all, width);
    outputDelta = isInput ? null : Cells.of(type, all, width);
    vertical = isDecoded ? Cells.of(type, n, width) : null;
    verticalDelta = isDecoded ? Cells.of(type, n, width) : null;
    estimate = isDecoded ? Cells.of(type, n, width) : null;
    estimateDelta = isDecoded ? Cells.of(type, n, width) : null;
    mean = new double[Sections.COUNT][width];
    inverse = new double[Sections.COUNT][width];
    verticalMean = new double[width];
    verticalInverse = new double[width];
    meanDelta = new double[width];
    inverseDelta = new double[width];
  }
}
