package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.internal.LayerListeners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A layer that stands alone and is trained in the place of the network's: it has the plan's
 * configuration and a solver of its own, but the network's parameters.
 *
 * <p>So they are trained in place, at the cost of a single layer, and nothing of a plan can be left
 * in the network, whatever happens on the way.
 */
record DetachedLayer(int index, LayerPlan plan, Layer layer) {

  /**
   * Builds it, on parameters that are those of the network.
   *
   * @throws IllegalArgumentException if the plan does not suit the layer
   */
  static DetachedLayer of(MultiLayerNetwork network, int index, LayerPlan plan) {
    NeuralNetConfiguration conf = plan.appliedTo(network.getLayer(index).conf());
    conf.setIterationCount(0); // as its updater's state, whose bias Adam corrects by this count
    INDArray params = paramsOf(network, index);
    Layer layer =
        conf.getLayer()
            .instantiate(
                conf,
                LayerListeners.of(network, network.getListeners()),
                index,
                params,
                false,
                params.dataType());
    DetachedLayer detached = new DetachedLayer(index, plan, layer);
    if (plan.earlyStopping() != null && detached.denoising() == null) {
      throw new IllegalArgumentException(
          "LayerPlan earlyStopping must be null for a layer that is no DenoisingAutoEncoder, got "
              + layer.getClass().getSimpleName());
    }
    return detached;
  }

  /** The network's own array; {@code getLayer(index).params()} is a copy in some of DL4J's. */
  private static INDArray paramsOf(MultiLayerNetwork network, int index) {
    long from = 0;
    for (int below = 0; below < index; below++) {
      from += numParams(network, below);
    }
    INDArray all = network.params();
    return all.reshape(all.length())
        .get(NDArrayIndex.interval(from, from + numParams(network, index)));
  }

  private static long numParams(MultiLayerNetwork network, int index) {
    NeuralNetConfiguration conf = network.getLayerWiseConfigurations().getConf(index);
    return conf.getLayer().initializer().numParams(conf);
  }

  /** Gives it memory for gradients, which the network's layers have for all of them at once. */
  void prepare() {
    INDArray params = layer.params();
    layer.setBackpropGradientsViewArray(Nd4j.create(params.dataType(), params.length()));
  }

  /** The layer if it is one of ours, else null. */
  DenoisingAutoEncoderLayer denoising() {
    return layer instanceof DenoisingAutoEncoderLayer ours ? ours : null;
  }

  /** The learning rate of weights at an iteration of the present epoch, NaN if there is none. */
  double learningRate(int iteration) {
    return ((BaseLayer) layer.conf().getLayer())
        .getIUpdater()
        .getLearningRate(iteration, layer.conf().getEpochCount());
  }

  /** A copy of the updater's state after a step, or null if it keeps none. */
  INDArray updaterState() {
    INDArray state = layer.getOptimizer().getUpdater().getStateViewArray();
    return state == null ? null : state.dup();
  }

  /** Counts an epoch, and lets the network's layer know all counts. */
  void countEpoch(MultiLayerNetwork network) {
    NeuralNetConfiguration conf = layer.conf();
    conf.setEpochCount(conf.getEpochCount() + 1);
    NeuralNetConfiguration own = network.getLayer(index).conf();
    own.setEpochCount(conf.getEpochCount());
    own.setIterationCount(conf.getIterationCount());
  }

  /**
   * Gives a layer's updater a state: ours at once, one of DL4J's own in its first step, between
   * gradient and update, for it makes its solver there and nobody but a listener can reach that.
   */
  static final class UpdaterRestoration extends BaseTrainingListener {

    private final INDArray state;
    private final Layer layer;
    private final Collection<TrainingListener> own;
    private boolean done;

    private UpdaterRestoration(INDArray state, Layer layer) {
      this.state = state;
      this.layer = layer;
      own = layer.getListeners();
    }

    /** For a layer that has memory for its gradients; nothing else of it changes. */
    static UpdaterRestoration of(INDArray state, Layer layer) {
      UpdaterRestoration restoration = new UpdaterRestoration(state, layer);
      if (layer instanceof DenoisingAutoEncoderLayer ours) {
        ours.getOptimizer().getUpdater().getStateViewArray().assign(state);
        return restoration;
      }
      List<TrainingListener> all = new ArrayList<>(restoration.own);
      all.add(restoration);
      layer.setListeners(all);
      return restoration;
    }

    @Override
    public void onGradientCalculation(Model model) {
      if (!done) { // a solver of DL4J's own layers keeps its listeners
        model.getOptimizer().getUpdater().getStateViewArray().assign(state);
        done = true;
      }
    }

    /** After the first step: the layer has its own listeners again. */
    void leave() {
      layer.setListeners(own);
    }
  }
}
