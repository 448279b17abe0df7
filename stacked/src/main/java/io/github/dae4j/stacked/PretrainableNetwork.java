package io.github.dae4j.stacked;

import io.github.dae4j.internal.solver.ClassifierLayer;
import io.github.dae4j.internal.solver.DirectSolver;
import io.github.dae4j.internal.solver.TrainingThreads;
import io.github.dae4j.stacked.internal.LayerListeners;
import io.github.dae4j.stacked.internal.ModelFile;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.FwdPassType;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.CheckpointListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A {@code MultiLayerNetwork} whose layer-wise pretraining is right at any depth.
 *
 * <p>In DL4J 1.0.0-M2.1 {@code MultiLayerNetwork.pretrainLayer} asks for the output of layer {@code
 * layerIndex - 1}, a field, where the argument {@code layerIdx} was meant, so every layer gets the
 * network's own input. Here layer k trains on the code of layer k - 1 (Vincent et al. 2010, figure
 * 3), features masks count, epochs are counted one by one on the layer's configuration, and
 * listeners are told of each with this network.
 *
 * <p>The optimiser's state of pretraining lives in the layers, where DL4J neither copies nor saves
 * it: a copy or a loaded network starts Adam and its like anew. That of {@code fit} is kept.
 */
@SuppressWarnings("overrides") // between two of DL4J's own doEvaluation methods
public class PretrainableNetwork extends MultiLayerNetwork {

  private static final long serialVersionUID = 1L;

  private final NetworkGuard guard = new NetworkGuard();

  public PretrainableNetwork(MultiLayerConfiguration conf) {
    super(conf);
  }

  /**
   * A network of given parameters, all in one row in DL4J's order, as {@code params} gives them.
   *
   * @param params copied, as in {@code MultiLayerNetwork}
   */
  public PretrainableNetwork(MultiLayerConfiguration conf, INDArray params) {
    super(conf, params);
  }

  /**
   * Copies parameters, in DL4J's order.
   *
   * @param params [1, numParams]
   */
  @Override
  public void setParams(INDArray params) {
    if (flattenedParams != null && params.length() != flattenedParams.length()) {
      throw new IllegalArgumentException(
          "PretrainableNetwork params must be [1, %d], got %s"
              .formatted(flattenedParams.length(), Arrays.toString(params.shape())));
    }
    super.setParams(params);
  }

  /** A copy in another data type, parameters and the state of {@code fit}'s updater included. */
  @Override
  public PretrainableNetwork convertDataType(DataType dataType) {
    return copyOf(super.convertDataType(dataType));
  }

  /** DL4J makes a solver of its own where there is none. */
  @Override
  public void init(INDArray parameters, boolean cloneParametersArray) {
    boolean first = !isInitCalled(); // later ones change nothing, least of all the updater's state
    super.init(parameters, cloneParametersArray);
    if (first) {
      useDirectSolver();
      useClassifierLayer();
      setLayersListeners();
    }
  }

  /** Sets the listeners of network and layers; {@code CheckpointListener} always saves networks. */
  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    super.setListeners(listeners);
    setLayersListeners();
  }

  private void setLayersListeners() {
    Collection<TrainingListener> listeners = getListeners(); // null while it is deserialized
    if (layers != null
        && listeners != null
        && listeners.stream().anyMatch(CheckpointListener.class::isInstance)) {
      for (Layer layer : layers) {
        layer.setListeners(LayerListeners.of(this, listeners));
      }
    }
  }

  private void useClassifierLayer() {
    int top = layers.length - 1;
    Layer layer = ClassifierLayer.inPlaceOf(layers[top]);
    if (layer != layers[top]) {
      layer.allowInputModification(true);
      layers[top] = layer;
      layerMap.put(layer.conf().getLayer().getLayerName(), layer);
    }
  }

  /** Clears inputs and the updater's state. */
  @Override
  public void clear() {
    super.clear();
    useDirectSolver();
  }

  /** Of the network's loss; after a step of {@code fit} the update that was subtracted. */
  @Override
  public Gradient gradient() {
    DirectSolver.completeGradient(solver);
    return super.gradient();
  }

  @Override
  public INDArray getGradientsViewArray() {
    DirectSolver.completeGradient(solver);
    return super.getGradientsViewArray();
  }

  @Override
  public INDArray getFlattenedGradients() {
    DirectSolver.completeGradient(solver);
    return super.getFlattenedGradients();
  }

  @Override
  protected Pair<Gradient, INDArray> calcBackpropGradients(
      INDArray epsilon, boolean withOutputLayer, boolean tbptt, boolean returnInputActGrad) {
    DirectSolver.forgetGradient(solver);
    return super.calcBackpropGradients(epsilon, withOutputLayer, tbptt, returnInputActGrad);
  }

  private void useDirectSolver() {
    solver = DirectSolver.of(this, conf(), getListeners());
  }

  /** A copy of a network: configuration, parameters, frozen layers and {@code fit}'s updater. */
  public static PretrainableNetwork copyOf(MultiLayerNetwork network) {
    if (network.params() == null) {
      network.init();
    }
    PretrainableNetwork copy =
        new PretrainableNetwork(network.getLayerWiseConfigurations().clone());
    copy.init(network.params().dup(), false);
    Layer[] layers = copy.getLayers();
    for (int i = 0; i < layers.length; i++) {
      if (network.getLayer(i) instanceof FrozenLayer && !(layers[i] instanceof FrozenLayer)) {
        layers[i] = new FrozenLayer(layers[i]); // before the updater, which has no state for it
      }
    }
    INDArray updaterState = network.getUpdater().getStateViewArray();
    if (updaterState != null) {
      copy.getUpdater().setStateViewArray(copy, updaterState.dup(), false);
    }
    return copy;
  }

  /**
   * Reads a network that {@code ModelSerializer}, {@code save} or {@link
   * StackedDenoisingAutoEncoder#save} has written, as safely as {@link
   * StackedDenoisingAutoEncoder#load}.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static PretrainableNetwork load(File file, boolean loadUpdater) throws IOException {
    return ModelFile.readNetwork(file.toPath(), PretrainableNetwork::new, loadUpdater);
  }

  /**
   * Trains one layer for some epochs; nothing happens if it cannot be pretrained.
   *
   * @throws IllegalStateException if the iterator has nothing left and cannot be reset
   */
  @Override
  public void pretrainLayer(int layerIdx, DataSetIterator iterator, int epochs) {
    if (!(epochs > 0)) {
      throw new IllegalArgumentException("pretrain epochs must be > 0, got " + epochs);
    }
    if (!isInitCalled()) {
      init();
    }
    requireLayer(layerIdx);
    Layer layer = getLayer(layerIdx);
    if (!layer.isPretrainLayer()) {
      return;
    }
    for (int epoch = 0; epoch < epochs; epoch++) {
      rewind(iterator, layerIdx, epoch);
      tellListeners(listener -> listener.onEpochStart(this));
      pretrainEpoch(layerIdx, iterator);
      tellListeners(listener -> listener.onEpochEnd(this));
      layer.conf().setEpochCount(layer.conf().getEpochCount() + 1);
    }
  }

  @SuppressWarnings("try")
  private void pretrainEpoch(int layerIdx, DataSetIterator iterator) {
    try (TrainingThreads threads = TrainingThreads.open()) {
      while (iterator.hasNext()) {
        pretrainLayer(layerIdx, iterator.next());
      }
    }
  }

  @Override
  @SuppressWarnings("try")
  public void fit(DataSetIterator iterator) {
    try (TrainingThreads threads = TrainingThreads.open()) {
      train(() -> super.fit(iterator));
    }
  }

  @Override
  public void fit(INDArray features, INDArray labels, INDArray featuresMask, INDArray labelsMask) {
    train(() -> super.fit(features, labels, featuresMask, labelsMask));
  }

  /** Stacks of this network are not used meanwhile. */
  private void train(Runnable training) {
    guard.train(
        () -> {
          training.run();
          return null;
        });
  }

  private void pretrainLayer(int layerIdx, DataSet minibatch) {
    INDArray mask = minibatch.getFeaturesMaskArray();
    if (mask != null) {
      setLayerMaskArrays(mask, null);
    }
    try {
      pretrainLayer(layerIdx, minibatch.getFeatures());
    } finally {
      if (mask != null) {
        clearLayerMaskArrays();
      }
    }
  }

  /** One step of one layer on a minibatch of the network's input [minibatch, nIn of layer 0]. */
  @Override
  public void pretrainLayer(int layerIdx, INDArray features) {
    requireLayer(layerIdx);
    int index = getIndex();
    DirectSolver.forgetGradient(solver); // the layer writes the network's views
    setIndex(layerIdx); // the field that M2.1 reads in place of the argument
    try {
      train(() -> super.pretrainLayer(layerIdx, features));
    } finally {
      setIndex(index);
    }
  }

  /** Of all stacks of this network. */
  NetworkGuard guard() {
    return guard;
  }

  /** The output of a layer at use, detached: x [minibatch, nIn of layer 0] -> [minibatch, nOut]. */
  INDArray outputOf(int layerIdx, INDArray x) {
    return outputOfLayerDetached(false, FwdPassType.STANDARD, layerIdx, x, null, null, null);
  }

  /** Adds listeners, also to the layers, which M2.1 forgets after {@code setListeners}. */
  @Override
  public void addListeners(TrainingListener... listeners) {
    List<TrainingListener> all = new ArrayList<>(getListeners());
    all.addAll(List.of(listeners));
    setListeners(all);
  }

  /** A network of its own, with the same listeners; see {@link #copyOf}. */
  @Override
  public PretrainableNetwork clone() {
    PretrainableNetwork copy = copyOf(this);
    copy.setListeners(getListeners());
    return copy;
  }

  private void rewind(DataSetIterator iterator, int layerIdx, int epoch) {
    if (iterator.resetSupported() && (epoch > 0 || !iterator.hasNext())) {
      iterator.reset();
    }
    if (!iterator.hasNext()) {
      throw new IllegalStateException(
          "pretraining layer %d, epoch %d: the iterator has no minibatch left%s"
              .formatted(
                  layerIdx,
                  epoch,
                  iterator.resetSupported()
                      ? " after a reset"
                      : " and does not support resetting"));
    }
  }

  private void requireLayer(int layerIdx) {
    if (!(layerIdx >= 0 && layerIdx < getnLayers())) {
      throw new IllegalArgumentException(
          "layer index must be in [0, %d], got %d".formatted(getnLayers() - 1, layerIdx));
    }
  }

  private void tellListeners(Consumer<TrainingListener> event) {
    getListeners().forEach(event);
  }
}
