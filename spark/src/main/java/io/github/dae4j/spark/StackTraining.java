package io.github.dae4j.spark;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.EarlyStopping;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Trains a stack, in place: its layers one after the other, each on the codes of those below, then,
 * with an output layer, the whole network.
 */
final class StackTraining {

  private final StackedDenoisingAutoEncoder stack;
  private final Plan plan;
  private final Workers workers;
  private final RoundTraining training;

  /**
   * How a stack is trained.
   *
   * @param rounds of pretraining and of fine-tuning
   * @param epochs of each layer, at most, with a rule
   * @param patience of layers and of fine-tuning, on validation rows; null for all epochs
   * @param tuningEpochs 0 for no fine-tuning
   * @param classes of the label; 0 if it is a number
   * @param seed of orders and corruptions
   */
  record Plan(
      Rounds rounds,
      int[] epochs,
      EarlyStopping patience,
      int tuningEpochs,
      int classes,
      long seed) {}

  StackTraining(
      StackedDenoisingAutoEncoder stack, Plan plan, Workers workers, RoundTraining training) {
    this.stack = stack;
    this.plan = plan;
    this.workers = workers;
    this.training = training;
  }

  /** The finished stages: a layer each, then fine-tuning. */
  List<StageState> run() {
    MultiLayerNetwork network = stack.network();
    List<StageState> results = new ArrayList<>();
    int layers = stack.topLayer() + 1;
    for (int i = 0; i < layers; i++) {
      LayerWork work = layer(i);
      StageState result =
          training.stage(work, weights(network, i), plan.epochs()[i], plan.patience());
      setWeights(network, i, result.learnt());
      results.add(result);
      if (i + 1 < layers) {
        workers.advance(work, result.learnt());
      }
    }
    if (plan.tuningEpochs() > 0) {
      workers.rewind();
      TuningWork work =
          new TuningWork(
              network.getLayerWiseConfigurations().toJson(),
              layers,
              nIn(0),
              plan.classes(),
              plan.rounds(),
              plan.seed());
      StageState result =
          training.stage(
              work, network.params().toFloatVector(), plan.tuningEpochs(), plan.patience());
      network.params().assign(Work.row(result.learnt()));
      results.add(result);
    }
    return results;
  }

  private LayerWork layer(int index) {
    MultiLayerConfiguration alone = stack.network().getLayerWiseConfigurations().clone();
    alone.setConfs(new ArrayList<>(List.of(alone.getConf(index))));
    return new LayerWork(alone.toJson(), index, nIn(index), plan.rounds(), plan.seed());
  }

  private int nIn(int layer) {
    var conf = stack.network().getLayerWiseConfigurations().getConf(layer).getLayer();
    return Math.toIntExact(((FeedForwardLayer) conf).getNIn());
  }

  private static float[] weights(MultiLayerNetwork network, int layer) {
    return view(network, layer).toFloatVector();
  }

  private static void setWeights(MultiLayerNetwork network, int layer, float[] weights) {
    var view = view(network, layer);
    view.assign(Nd4j.createFromArray(weights));
  }

  /** A layer's part of the network's parameters. */
  private static INDArray view(MultiLayerNetwork network, int layer) {
    long from = 0;
    for (int below = 0; below < layer; below++) {
      from += network.getLayer(below).numParams();
    }
    Layer own = network.getLayer(layer);
    INDArray all = network.params();
    return all.reshape(all.length()).get(NDArrayIndex.interval(from, from + own.numParams()));
  }
}
