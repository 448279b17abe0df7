package io.github.dae4j.spark;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.listener.ValidationListener;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Tells DL4J's listeners of rounds as of iterations, and Spark's pages what each job is: layer,
 * epoch, round.
 */
final class RoundListeners implements RoundTraining.Observer {

  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext spark;
  private final MultiLayerNetwork network;
  private final int layers;
  private final List<TrainingListener> listeners;

  /** For the training of a network with so many layers that are pretrained. */
  RoundListeners(
      JavaSparkContext spark,
      MultiLayerNetwork network,
      int layers,
      List<TrainingListener> listeners) {
    this.spark = spark;
    this.network = network;
    this.layers = layers;
    this.listeners = listeners;
  }

  @Override
  public void before(Work work, int epochs, StageState state) {
    int round = state.moment().round();
    String stage =
        work.stage() < layers
            ? "layer %s of %s".formatted(work.stage() + 1, layers)
            : "fine-tuning";
    String part =
        round < work.rounds().perEpoch()
            ? "round %s of %s".formatted(round + 1, work.rounds().perEpoch())
            : "validation";
    spark.setLocalProperty(
        DESCRIPTION,
        "dae4j: %s, epoch %s of %s, %s".formatted(stage, state.moment().epoch() + 1, epochs, part));
    if (round == 0) {
      tell(listener -> listener.onEpochStart(network));
    }
  }

  @Override
  public void after(Work work, StageState state) {
    if (listeners.isEmpty() || state.rows() == 0) {
      return;
    }
    Model model = work.stage() < layers ? layer(work, state) : tuned(state);
    int iteration = state.moment().epoch() * work.rounds().perEpoch() + state.moment().round() - 1;
    tell(listener -> listener.iterationDone(model, iteration, state.moment().epoch()));
  }

  @Override
  public void afterEpoch(Work work, StageState state) {
    if (!state.errors().isEmpty()) {
      double error = state.errors().get(state.errors().size() - 1);
      tell(
          listener -> {
            if (listener instanceof ValidationListener hearing) {
              hearing.onValidation(network, error);
            }
          });
    }
    tell(listener -> listener.onEpochEnd(network));
  }

  /** Jobs that follow are not rounds. */
  void close() {
    spark.setLocalProperty(DESCRIPTION, null);
  }

  private Model layer(Work work, StageState state) {
    NeuralNetConfiguration conf = network.getLayer(work.stage()).conf();
    AveragedLayer layer = new AveragedLayer(conf, state.loss());
    layer.setIndex(work.stage());
    layer.setParamsViewArray(Work.row(state.weights().weights()));
    layer.setParamTable(conf.getLayer().initializer().init(conf, layer.params(), false));
    return layer;
  }

  private Model tuned(StageState state) {
    network.params().assign(Work.row(state.weights().weights()));
    network.setScore(state.loss());
    return network;
  }

  private void tell(Consumer<TrainingListener> event) {
    listeners.forEach(event);
  }

  /** A layer with the mean loss of its epoch so far for a score. */
  private static final class AveragedLayer extends DenoisingAutoEncoderLayer {

    private static final long serialVersionUID = 1L;

    private final double loss;

    AveragedLayer(NeuralNetConfiguration conf, double loss) {
      super(conf, DataType.FLOAT);
      this.loss = loss;
    }

    @Override
    public double score() {
      return loss;
    }
  }
}
