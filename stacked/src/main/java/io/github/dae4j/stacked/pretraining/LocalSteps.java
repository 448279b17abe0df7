package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.internal.solver.TrainingThreads;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.internal.Minibatches;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Training steps on one denoising autoencoder, on rows that the caller chooses: what a machine does
 * between two averages where several train one layer.
 *
 * <p>What it learns depends on parameters, updater state, counts, rows and seed alone. The network
 * has this layer only, and is trained in place.
 */
public final class LocalSteps implements AutoCloseable {

  private final DenoisingAutoEncoderLayer layer;
  private final StepWorkspace workspace;

  private LocalSteps(DenoisingAutoEncoderLayer layer, StepWorkspace workspace) {
    this.layer = layer;
    this.workspace = workspace;
  }

  /**
   * Steps on the only layer of a network; its listeners hear of each.
   *
   * @throws IllegalArgumentException if the network is another
   */
  public static LocalSteps of(MultiLayerNetwork network) {
    if (!network.isInitCalled()) {
      network.init();
    }
    if (network.getnLayers() != 1 || !(network.getLayer(0) instanceof DenoisingAutoEncoderLayer)) {
      throw new IllegalArgumentException(
          "LocalSteps network must be one DenoisingAutoEncoder, got %d layers, the first a %s"
              .formatted(network.getnLayers(), network.getLayer(0).getClass().getSimpleName()));
    }
    DetachedLayer detached = DetachedLayer.of(network, 0, LayerPlan.ofEpochs(1));
    detached.prepare();
    return new LocalSteps(detached.denoising(), new StepWorkspace(network));
  }

  /**
   * Goes on from here.
   *
   * @param iterations steps so far, as schedules and Adam's bias see them
   * @param epochs so far
   * @param updaterState [1, length] or null to begin with zeros
   */
  public void continueFrom(int iterations, int epochs, INDArray updaterState) {
    NeuralNetConfiguration conf = layer.conf();
    conf.setIterationCount(iterations);
    conf.setEpochCount(epochs);
    INDArray own = updaterState();
    if (own != null) {
      own.assign(updaterState == null ? Nd4j.zerosLike(own) : updaterState);
    }
  }

  /**
   * One step for each minibatch, in their order.
   *
   * @param minibatches arrays [up to any n, nIn], each for the time of its step: they may be one
   *     that is filled again
   * @param seed of the corruption
   * @return the sum over the rows of their losses while they were trained on
   * @throws DivergedException at the first loss that is not finite
   */
  @SuppressWarnings("try")
  public double train(Iterable<INDArray> minibatches, long seed) {
    layer.setRandom(random(seed));
    double sum = 0;
    try (TrainingThreads threads = TrainingThreads.open()) {
      for (INDArray rows : minibatches) {
        try (MemoryWorkspace scope = workspace.open()) {
          layer.fit(rows, workspace.manager());
        }
        double score = layer.score();
        if (!Double.isFinite(score)) {
          throw new DivergedException(
              "pretraining diverged: its score is %s in epoch %d, iteration %d"
                  .formatted(
                      score, layer.conf().getEpochCount(), layer.conf().getIterationCount() - 1));
        }
        sum += score * rows.size(0);
      }
    }
    return sum;
  }

  /** The number of steps so far. */
  public int iterations() {
    return layer.conf().getIterationCount();
  }

  /** The updater's state, a view; null if it keeps none. */
  public INDArray updaterState() {
    return layer.getOptimizer().getUpdater().getStateViewArray();
  }

  /**
   * The sum over the rows of x [n, nIn] of their reconstruction errors from a corrupted form.
   *
   * @param seed of the corruption
   */
  public double error(INDArray x, long seed) {
    Random random = random(seed);
    double[] sum = new double[1];
    Minibatches.forEach(
        x,
        (from, rows) -> {
          INDArray code = layer.encode(layer.corrupt(rows, random));
          sum[0] += layer.decodingError(rows, code).sumNumber().doubleValue();
        });
    return sum[0];
  }

  /** 0 would mean any to ND4J. */
  private static Random random(long seed) {
    return Nd4j.getRandomFactory().getNewRandomInstance(seed == 0 ? 1 : seed);
  }

  /** Gives the memory of steps back. */
  @Override
  public void close() {
    workspace.close();
  }
}
