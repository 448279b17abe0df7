package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.CodeCache;
import io.github.dae4j.stacked.internal.EpochIterator;
import io.github.dae4j.stacked.internal.FiniteInput;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The input of one layer for all examples, cached, and moved up from layer to layer.
 *
 * <p>The iterator is read once. Layers that are passed on the way are in inference mode and get the
 * iterator's minibatches, as they would in DL4J's own pass, so that codes are the same to the bit.
 */
final class LayerInputs implements AutoCloseable {

  private final MultiLayerNetwork network;
  private final CodeCache.Space space;
  private final int minibatch;
  private CodeCache cache;
  private int layer;

  /**
   * Reads the input of layer 0.
   *
   * @param set the iterator's name in errors
   * @throws IllegalStateException if the iterator has no minibatch
   * @throws IllegalArgumentException if a minibatch has a mask, a number that is not finite, or
   *     rows are unlike
   */
  LayerInputs(
      String set, DataSetIterator iterator, MultiLayerNetwork network, CodeCache.Space space) {
    this.network = network;
    this.space = space;
    cache = space.open(0);
    boolean complete = false;
    try {
      minibatch = readAll(set, iterator);
      complete = true;
    } finally {
      if (!complete) {
        cache.close();
      }
    }
  }

  private int readAll(String set, DataSetIterator iterator) {
    FiniteInput finite = FiniteInput.of(set, network);
    EpochIterator.begin(iterator, 0, 0);
    int first = 0;
    while (iterator.hasNext()) {
      DataSet next = iterator.next();
      if (next.getFeaturesMaskArray() != null) {
        throw new IllegalArgumentException(
            "the %s set has a features mask, which pretraining of a MultiLayerNetwork cannot heed"
                .formatted(set));
      }
      finite.require(next.getFeatures(), cache.rows());
      cache.append(next.getFeatures());
      first = first == 0 ? cache.rows() : first;
    }
    if (first == 0) {
      throw new IllegalStateException("the %s set has no example".formatted(set));
    }
    return first;
  }

  int rows() {
    return cache.rows();
  }

  /** Examples in the iterator's first minibatch. */
  int minibatch() {
    return minibatch;
  }

  CodeCache cache() {
    return cache;
  }

  /** What the layer trains on for these examples, behind its preprocessor. */
  INDArray read(int[] rows, LayerWorkspaceMgr workspaces) {
    return preProcessed(layer, cache.read(rows), workspaces);
  }

  /**
   * Replaces the input of the layer below by that of another.
   *
   * @param afterMinibatch called on the way; what it throws leaves the input as it was
   */
  @SuppressWarnings("try")
  void advanceTo(int target, Runnable afterMinibatch) {
    if (target == layer) {
      return;
    }
    CodeCache below = cache;
    CodeCache next = space.open(rows());
    try (StepWorkspace workspace = new StepWorkspace(network)) {
      for (int from = 0; from < rows(); from += minibatch) {
        try (MemoryWorkspace scope = workspace.open()) {
          int to = Math.min(from + minibatch, rows());
          INDArray x = below.read(IntStream.range(from, to).toArray());
          next.append(outputBelow(target, x, workspace.manager()));
        }
        afterMinibatch.run();
      }
      cache = next;
      layer = target;
    } finally {
      (cache == next ? below : next).close();
    }
  }

  private INDArray outputBelow(int target, INDArray input, LayerWorkspaceMgr workspaces) {
    INDArray x = input;
    for (int i = layer; i < target; i++) {
      Layer passed = network.getLayer(i);
      x = passed.activate(preProcessed(i, x, workspaces), false, workspaces);
      passed.clear();
      if (x.size(0) != input.size(0)) {
        throw new UnsupportedOperationException(
            "layer %d makes %d rows of %d examples; pretraining above it needs a row an example"
                .formatted(i, x.size(0), input.size(0)));
      }
    }
    return x;
  }

  private INDArray preProcessed(int index, INDArray x, LayerWorkspaceMgr workspaces) {
    InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(index);
    return before == null ? x : before.preProcess(x, Math.toIntExact(x.size(0)), workspaces);
  }

  @Override
  public void close() {
    cache.close();
  }
}
