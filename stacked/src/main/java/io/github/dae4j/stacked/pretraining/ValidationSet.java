package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.internal.CodeCache;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * The validation set of a layer, with corruptions that are drawn once, so that errors of different
 * epochs differ by the weights alone.
 */
final class ValidationSet implements AutoCloseable {

  private final LayerInputs clean;
  private final CodeCache corrupted;
  private final StepWorkspace workspace;

  /** Draws the corruptions, at the layer's present iteration and epoch. */
  ValidationSet(
      LayerInputs clean,
      DenoisingAutoEncoderLayer layer,
      CodeCache.Space space,
      Random random,
      StepWorkspace workspace) {
    this.clean = clean;
    this.workspace = workspace;
    corrupted = space.open(clean.rows());
    boolean complete = false;
    try {
      for (int from = 0; from < clean.rows(); from += clean.minibatch()) {
        corrupt(rowsFrom(from), layer, random);
      }
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  @SuppressWarnings("try")
  private void corrupt(int[] rows, DenoisingAutoEncoderLayer layer, Random random) {
    try (MemoryWorkspace scope = workspace.open()) {
      corrupted.append(layer.corrupt(clean.read(rows, workspace.manager()), random));
    }
  }

  /** The mean over all examples of the reconstruction error from the corrupted form. */
  @SuppressWarnings("try")
  double error(DenoisingAutoEncoderLayer layer) {
    LayerWorkspaceMgr workspaces = workspace.manager();
    double sum = 0;
    for (int from = 0; from < clean.rows(); from += clean.minibatch()) {
      try (MemoryWorkspace scope = workspace.open()) {
        int[] rows = rowsFrom(from);
        INDArray x = clean.read(rows, workspaces);
        INDArray code = layer.encode(corrupted.read(rows));
        sum += layer.decodingError(x, code).sumNumber().doubleValue();
      }
    }
    return sum / clean.rows();
  }

  private int[] rowsFrom(int from) {
    return IntStream.range(from, Math.min(from + clean.minibatch(), clean.rows())).toArray();
  }

  @Override
  public void close() {
    corrupted.close();
  }
}
