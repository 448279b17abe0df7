package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.Learner;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's {@code fit} of the network itself, of the layers that a freezing schedule lets train. */
final class Backpropagation implements Learner {

  private final FineTuner tuner;
  private final MultiLayerNetwork network;
  private final TrainedLayers layers;
  private final TemporarySettings settings;

  Backpropagation(FineTuner tuner, MultiLayerNetwork network) {
    this.tuner = tuner;
    this.network = network;
    layers = new TrainedLayers(network);
    settings = TemporarySettings.begin(network, tuner);
    tuner.configure(network);
    beginStage(0);
  }

  @Override
  public void beginStage(int epoch) {
    layers.trainFrom(tuner.freezing().firstTrainedLayer(epoch));
  }

  @Override
  public void beginEpoch(int epoch, long iteration, double patienceLimit) {
    network.setEpochCount(epoch);
  }

  @Override
  public double step(DataSet minibatch, int epoch, long iteration) {
    network.fit(minibatch);
    return network.score();
  }

  /** It is what trains. */
  @Override
  public void show() {}

  @Override
  public boolean heedsImprovement() {
    return true;
  }

  @Override
  public boolean isOver(double patienceLimit, long iteration, boolean endOfEpoch) {
    return tuner.patience().isExhausted(patienceLimit, iteration);
  }

  @Override
  public INDArray state() {
    return layers.updaterState();
  }

  @Override
  public void restore(INDArray state) {
    layers.setUpdaterState(state);
  }

  @Override
  public double lastLearningRate() {
    return layers.lastLearningRate();
  }

  @Override
  public void close() {
    settings.close();
    layers.trainFrom(0);
  }
}
