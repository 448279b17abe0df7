package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.NoCorruption;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Everything that may follow a schedule sees pretraining advance: two epochs of two minibatches.
 */
class ScheduleTest {

  private static final int ROWS = 20;

  @Test
  void theCorruptionSeesIterationsAndEpochs() {
    Recording.SEEN.clear();
    MultiLayerNetwork net = Small.network(Small.layer().corruption(new Recording()));
    net.pretrain(Small.batches(ROWS, 10));
    net.pretrain(Small.batches(ROWS, 10));
    assertThat(Recording.SEEN).containsExactly("0/0", "1/0", "2/1", "3/1");
  }

  @Test
  void dropoutSchedulesAdvance() {
    RecordingDropout dropout = new RecordingDropout();
    MultiLayerNetwork net = Small.network(Small.layer().dropOut(dropout));
    net.pretrain(Small.batches(ROWS, 10));
    net.pretrain(Small.batches(ROWS, 10));
    assertThat(((RecordingDropout) Small.layerOf(net).layerConf().getIDropout()).seen)
        .containsExactly("0/0", "1/0", "2/1", "3/1");
  }

  @Test
  void weightNoiseSchedulesAdvance() {
    MultiLayerNetwork net = Small.network(Small.layer().weightNoise(new RecordingNoise()));
    net.pretrain(Small.batches(ROWS, 10));
    net.pretrain(Small.batches(ROWS, 10));
    assertThat(((RecordingNoise) Small.layerOf(net).layerConf().getWeightNoise()).seen)
        .containsExactly("0/0", "1/0", "2/1", "3/1");
  }

  @Test
  void theLearningRateFollowsAScheduleOfIterations() {
    MapSchedule schedule =
        new MapSchedule.Builder(ScheduleType.ITERATION).add(0, 0.1).add(2, 0.05).add(3, 0).build();
    double[] sizes = stepSizes(new Sgd(schedule), new Sgd(0.1));
    assertThat(sizes[1]).isCloseTo(1, within(1e-4));
    assertThat(sizes[2]).isCloseTo(0.5, within(1e-4));
    assertThat(sizes[3]).isZero();
  }

  @Test
  void theLearningRateFollowsAScheduleOfEpochs() {
    MapSchedule schedule =
        new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 0.1).add(1, 0.05).add(3, 0).build();
    double[] sizes = stepSizes(new Sgd(schedule), new Sgd(0.1));
    assertThat(sizes[0]).isCloseTo(1, within(1e-4));
    assertThat(sizes[2]).isCloseTo(0.5, within(1e-4));
    assertThat(sizes[3]).isZero();
  }

  /** How long step k of one updater is, over how long it is with the other, from equal params. */
  private static double[] stepSizes(Sgd updater, Sgd reference) {
    double[] ratios = new double[4];
    MultiLayerNetwork net = Small.network(Small.settings().updater(updater), plain());
    MultiLayerNetwork other = Small.network(Small.settings().updater(reference), plain());
    for (int k = 0; k < ratios.length; k++) {
      other.setParams(net.params().dup());
      ratios[k] = epochLength(net) / epochLength(other);
    }
    return ratios;
  }

  private static double epochLength(MultiLayerNetwork net) {
    INDArray before = net.params().dup();
    net.pretrainLayer(0, Small.batches(ROWS, ROWS));
    return net.params().sub(before).norm2Number().doubleValue();
  }

  private static DenoisingAutoEncoder plain() {
    return Small.layer().corruption(new NoCorruption()).build();
  }

  /** Notes when it is asked. */
  private record Recording() implements Corruption {

    private static final List<String> SEEN = new ArrayList<>();

    @Override
    public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
      SEEN.add(iteration + "/" + epoch);
      return new NoCorruption().corrupt(clean, random, iteration, epoch);
    }
  }

  /** Drops nothing, and notes when it is asked. */
  private static class RecordingDropout implements IDropout {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> seen = new ArrayList<>();

    @Override
    public INDArray applyDropout(
        INDArray in, INDArray out, int iteration, int epoch, LayerWorkspaceMgr workspaceMgr) {
      seen.add(iteration + "/" + epoch);
      return out.assign(in);
    }

    @Override
    public INDArray backprop(INDArray gradOut, INDArray gradIn, int iteration, int epoch) {
      return gradIn.assign(gradOut);
    }

    @Override
    public void clear() {}

    @Override
    public IDropout clone() {
      return this;
    }
  }

  /** Adds nothing, and notes when it is asked for the weights. */
  private static class RecordingNoise implements IWeightNoise {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> seen = new ArrayList<>();

    @Override
    public INDArray getParameter(
        Layer layer,
        String key,
        int iteration,
        int epoch,
        boolean train,
        LayerWorkspaceMgr workspaceMgr) {
      if (key.equals("W")) {
        seen.add(iteration + "/" + epoch);
      }
      return layer.getParam(key);
    }

    @Override
    public IWeightNoise clone() {
      return this;
    }
  }
}
