package io.github.dae4j.stacked.pretraining;

import static io.github.dae4j.stacked.pretraining.Stacks.batches;
import static io.github.dae4j.stacked.pretraining.Stacks.bits;
import static io.github.dae4j.stacked.pretraining.Stacks.data;
import static io.github.dae4j.stacked.pretraining.Stacks.denoising;
import static io.github.dae4j.stacked.pretraining.Stacks.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.ScheduledCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.EveryState;
import io.github.dae4j.stacked.internal.PretrainingState;
import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import io.github.dae4j.stacked.internal.RandomState;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** From wherever a pretraining goes on, it ends with the same bits. */
class ResumedPretrainingTest {

  private static final int ROWS = 20;
  private static final int MINIBATCH = 8;

  @TempDir static Path folder;

  static Stream<Arguments> cases() {
    LayerPlan adam = LayerPlan.ofEpochs(3).withUpdater(new Adam(0.05));
    return Stream.of(
        arguments("adam", plan(adam), () -> Stacks.of(Stacks.WIDTH, 8, 6)),
        arguments(
            "nesterovs, no state in the layer above",
            plan(LayerPlan.ofEpochs(2).withUpdater(new Nesterovs(0.1, 0.9)))
                .plan(1, LayerPlan.ofEpochs(2).withUpdater(new Sgd(0.1))),
            () -> Stacks.of(Stacks.WIDTH, 8, 6)),
        arguments(
            "early stopping",
            plan(adam.withUpdater(new Adam(0.5)).withEarlyStopping(new EarlyStopping(1, 0.05))),
            true,
            () -> Stacks.of(Stacks.WIDTH, 8, 6)),
        arguments(
            "scheduled corruption and rate, minibatches of 3",
            plan(
                LayerPlan.ofEpochs(2)
                    .withMinibatch(3)
                    .withUpdater(
                        new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9)))
                    .withCorruption(
                        new ScheduledCorruption(
                            new MaskingCorruption(0.5),
                            new ExponentialSchedule(ScheduleType.ITERATION, 0.5, 0.95)))),
            () -> Stacks.of(Stacks.WIDTH, 8, 6)),
        arguments(
            "dropout, weight noise, gaussian corruption",
            plan(adam.withCorruption(new GaussianCorruption(0.2))),
            () -> Stacks.of(noisy(Stacks.WIDTH, 8), noisy(8, 6), output(6))),
        arguments(
            "caches in files, unshuffled, seeded",
            plan(adam).memoryBudget(0).workingDirectory(folder).shuffled(false).seed(5),
            () -> Stacks.of(Stacks.WIDTH, 8, 6)),
        arguments(
            "ordinary layers between",
            plan(adam),
            true,
            () -> Stacks.of(denoising(Stacks.WIDTH, 8), dense(8, 7), denoising(7, 5), output(5))),
        arguments(
            "a pretrained layer of DL4J",
            plan(adam),
            () -> Stacks.of(denoising(Stacks.WIDTH, 8), variational(8, 4), output(4))));
  }

  private static Arguments arguments(
      String name, GreedyPretrainer.Builder builder, Supplier<PretrainableNetwork> network) {
    return arguments(name, builder, false, network);
  }

  private static Arguments arguments(
      String name,
      GreedyPretrainer.Builder builder,
      boolean validated,
      Supplier<PretrainableNetwork> network) {
    return Arguments.of(name, builder.build(), validated, network);
  }

  private static GreedyPretrainer.Builder plan(LayerPlan plan) {
    return new GreedyPretrainer.Builder().plan(plan);
  }

  private static Layer noisy(int nIn, int nOut) {
    return new DenoisingAutoEncoder.Builder()
        .nIn(nIn)
        .nOut(nOut)
        .activation(Activation.SIGMOID)
        .dropOut(0.8)
        .weightNoise(new DropConnect(0.9))
        .build();
  }

  private static Layer dense(int nIn, int nOut) {
    return new DenseLayer.Builder().nIn(nIn).nOut(nOut).activation(Activation.SIGMOID).build();
  }

  private static Layer variational(int nIn, int nOut) {
    return new VariationalAutoencoder.Builder()
        .nIn(nIn)
        .nOut(nOut)
        .encoderLayerSizes(5)
        .decoderLayerSizes(5)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void itEndsTheSame(
      String name,
      GreedyPretrainer pretrainer,
      boolean validated,
      Supplier<PretrainableNetwork> networks) {
    EveryState<PretrainingState<LayerResult>> every = new EveryState<>();
    PretrainableNetwork whole = networks.get();
    List<LayerResult> expected = pretrainer.pretrain(whole, train(), held(validated), every);
    float[] wholeBits = bits(whole);
    String configuration = whole.getLayerWiseConfigurations().toJson();
    RandomState random = RandomState.of(Nd4j.getRandom());
    assertThat(every.states()).hasSizeGreaterThan(10);

    for (int i = 0; i < every.states().size(); i += 2) { // epochs have three steps
      PretrainingState<LayerResult> state = every.states().get(i);
      PretrainableNetwork network = networks.get();
      network.params().assign(7); // whatever it had
      Nd4j.rand(3, 3);
      List<LayerResult> results =
          pretrainer.resume(state, network, train(), held(validated), Checkpoints.none());
      assertThat(bits(network)).containsExactly(wholeBits);
      assertThat(results)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
          .isEqualTo(expected);
      assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
      assertThat(RandomState.of(Nd4j.getRandom())).isEqualTo(random);
    }
  }

  /** The tests above would prove little if states did not matter. */
  @Test
  void withoutTheUpdatersStateItEndsElsewhere() {
    GreedyPretrainer pretrainer = plan(LayerPlan.ofEpochs(2)).build();
    EveryState<PretrainingState<LayerResult>> every = new EveryState<>();
    PretrainableNetwork whole = Stacks.of(Stacks.WIDTH, 8);
    pretrainer.pretrain(whole, train(), null, every);
    PretrainingState<LayerResult> state = every.states().get(1);
    LayerState layer = state.current();
    LayerState stateless =
        new LayerState(
            0, layer.counts(), layer.losses(), layer.errors(), 0, null, null, layer.position());
    PretrainableNetwork network = Stacks.of(Stacks.WIDTH, 8);
    pretrainer.resume(
        new PretrainingState<>(List.of(), stateless, state.network(), state.random()),
        network,
        train(),
        null,
        Checkpoints.none());
    assertThat(bits(network)).isNotEqualTo(bits(whole));
  }

  @Test
  void divergenceAfterItGivesTheWeightsFromBeforeTheEpoch() {
    EveryState<PretrainingState<LayerResult>> every = new EveryState<>();
    LayerPlan steady = LayerPlan.ofEpochs(2).withUpdater(new Nesterovs(0.1, 0.9));
    GreedyPretrainer pretrainer = plan(steady).build();
    pretrainer.pretrain(Stacks.of(Stacks.WIDTH, 8), train(), null, every);
    PretrainingState<LayerResult> inFirst = every.states().get(1);
    GreedyPretrainer diverging = plan(steady.withUpdater(new Nesterovs(3e38, 0.9))).build();
    PretrainableNetwork network = Stacks.of(Stacks.WIDTH, 8);
    float[] fresh = bits(network);
    assertThatThrownBy(() -> diverging.resume(inFirst, network, train(), null, Checkpoints.none()))
        .isInstanceOf(DivergedException.class);
    assertThat(bits(network)).containsExactly(fresh);
  }

  private static DataSetIterator train() {
    return batches(data(ROWS), MINIBATCH);
  }

  private static DataSetIterator held(boolean validated) {
    return !validated ? null : batches(data(10), MINIBATCH);
  }
}
