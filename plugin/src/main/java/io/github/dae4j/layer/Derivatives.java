package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.internal.compute.ParameterUpdates;
import io.github.dae4j.internal.compute.Product;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where the derivatives of a step go: to the gradient views or, in a direct step that has a rate,
 * with that factor onto the parameters themselves. What the views were spared can be written to
 * them later.
 */
final class Derivatives implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ParameterUpdates updates = new ParameterUpdates();
  private final transient List<Runnable> leftOut = new ArrayList<>();
  private final transient Map<String, INDArray> copies = new HashMap<>();
  private transient Map<String, INDArray> views = Map.of();
  private transient Map<String, INDArray> params = Map.of();
  private boolean directStep;
  private double rate = Double.NaN;

  /** The present arrays, by the names of the parameters. */
  Derivatives of(Map<String, INDArray> views, Map<String, INDArray> params) {
    this.views = views;
    this.params = params;
    return this;
  }

  /**
   * @param rate NaN if the views are to be written
   */
  void beginDirectStep(double rate) {
    leftOut.clear();
    directStep = true;
    this.rate = rate;
  }

  void endDirectStep() {
    directStep = false;
    rate = Double.NaN;
  }

  /** Whether nobody looks at gradients, nor at the derivatives of the network's input. */
  boolean isDirectStep() {
    return directStep;
  }

  /** The views are about to be written. */
  void forgetLeftOut() {
    leftOut.clear();
  }

  /** Writes to the views what the last direct step has spared them. */
  void complete() {
    leftOut.forEach(Runnable::run);
    leftOut.clear();
  }

  INDArray view(String key) {
    return views.get(key);
  }

  /** The derivative of a bias, as sums of parts of the rows, which stay as they are. */
  void addSums(String key, List<INDArray> sums) {
    INDArray view = views.get(key);
    if (takesSteps()) {
      sums.forEach(part -> updates.sgd(params.get(key), part, rate));
      leftOut.add(() -> writeSums(view, sums));
    } else {
      writeSums(view, sums);
    }
  }

  private static void writeSums(INDArray view, List<INDArray> sums) {
    view.assign(sums.get(0));
    sums.subList(1, sums.size()).forEach(part -> view.addi(part.reshape(view.shape())));
  }

  /** The same, where all of it lies in the view. */
  void addView(String key) {
    if (takesSteps()) {
      updates.sgd(params.get(key), views.get(key), rate);
    }
  }

  /** a' b, the derivative of weights, of arrays that stay as they are. */
  void addProduct(String key, INDArray a, INDArray b) {
    INDArray view = views.get(key);
    if (takesSteps()) {
      Product.of(a, true, b, false, -rate, 1, params.get(key));
      leftOut.add(() -> Product.of(a, true, b, false, 1, 0, view));
    } else {
      Product.of(a, true, b, false, 1, 0, view);
    }
  }

  /** The same of arrays that are gone after the step. */
  void addPassingProduct(String key, INDArray a, INDArray b) {
    if (takesSteps()) {
      addProduct(key, copy("a", a), copy("b", b));
    } else {
      addProduct(key, a, b);
    }
  }

  /** In memory that is used again. */
  @SuppressWarnings("try")
  private INDArray copy(String name, INDArray array) {
    INDArray copy = copies.get(name);
    if (copy == null || !copy.equalShapes(array) || copy.dataType() != array.dataType()) {
      try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        copy = Nd4j.createUninitialized(array.dataType(), array.shape(), 'c');
      }
      copies.put(name, copy);
    }
    if (HostMemory.holdsRows(array)) {
      FusedKernels.copy(array, 0, copy);
    } else {
      copy.assign(array);
    }
    return copy;
  }

  /** A layer that is deserialized begins anew. */
  private Object readResolve() {
    return new Derivatives();
  }

  private boolean takesSteps() {
    return !Double.isNaN(rate);
  }
}
