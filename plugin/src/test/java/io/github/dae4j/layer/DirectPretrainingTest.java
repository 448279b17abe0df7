package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.StepCase.Trained;
import io.github.dae4j.layer.StepCase.Way;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Pretraining by shorter ways is that by DL4J's solver, whoever looks on. */
class DirectPretrainingTest {

  static Stream<StepCase> direct() {
    return StepCase.direct();
  }

  static Stream<StepCase> refused() {
    return StepCase.refused();
  }

  @ParameterizedTest
  @MethodSource("direct")
  void endsWhereDl4jDoes(StepCase step) {
    Trained dl4j = step.train(Way.DL4J_AND_ND4J);
    assertThat(dl4j.subtractsItsGradient()).isTrue();
    for (Way way : List.of(Way.OURS, Way.WATCHED)) {
      Trained ours = step.train(way);
      assertThat(ours.params()).containsExactly(dl4j.params(), within(1e-5));
      for (int i = 0; i < ours.scores().length; i++) {
        double expected = dl4j.scores()[i];
        assertThat(ours.scores()[i]).isCloseTo(expected, within(1e-4 * Math.abs(expected)));
      }
      assertThat(ours.updaterState()).containsExactly(dl4j.updaterState(), within(1e-5));
      assertThat(ours.iterations()).isEqualTo(dl4j.iterations()).isEqualTo(StepCase.STEPS);
      assertThat(ours.subtractsItsGradient()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isDl4jsToTheBitWhereAStepIsMoreThanThat(StepCase step) {
    Trained ours = step.train(Way.OURS);
    Trained dl4j = step.train(Way.DL4J);
    assertThat(ours.params()).containsExactly(dl4j.params());
    assertThat(ours.scores()).containsExactly(dl4j.scores());
    assertThat(ours.updaterState()).containsExactly(dl4j.updaterState());
    assertThat(ours.subtractsItsGradient()).isTrue();
  }

  /** Capped, shifted and leaky rectifiers are of one class with the plain one. */
  @Test
  void aRectifierWithSettingsOfItsOwnIsNotThePlainOne() {
    StepCase capped = StepCase.capped();
    assertThat(capped.train(Way.OURS).params())
        .containsExactly(capped.train(Way.DL4J_AND_ND4J).params(), within(1e-5));
  }

  /** Constraints change what a step has left, on both ways alike. */
  @Test
  void constraintsHoldAfterEachStep() {
    Trained ours = StepCase.constrained().train(Way.OURS);
    Trained dl4j = StepCase.constrained().train(Way.DL4J_AND_ND4J);
    assertThat(ours.params()).containsExactly(dl4j.params(), within(1e-5));
  }

  @Test
  void minibatchesMayBeOfAnySizeAndAnyLayout() {
    INDArray x = Small.patterns(9);
    INDArray wide = Nd4j.hstack(x, x);
    List<INDArray> minibatches =
        List.of(
            x,
            x.get(NDArrayIndex.interval(2, 7), NDArrayIndex.all()),
            x.dup('f'),
            wide.get(NDArrayIndex.all(), NDArrayIndex.interval(Small.WIDTH, 2 * Small.WIDTH)),
            x.get(NDArrayIndex.interval(3, 4), NDArrayIndex.all()),
            x);
    assertBothWaysAgree(minibatches);
  }

  /** Those that threads share by blocks of rows. */
  @Test
  void minibatchesMayBeLarge() {
    INDArray x = Small.patterns(1100);
    INDArray rows = x.get(NDArrayIndex.interval(0, 300), NDArrayIndex.all());
    assertBothWaysAgree(List.of(rows, x, rows.dup('f'), rows.dup()));
  }

  private static void assertBothWaysAgree(List<INDArray> minibatches) {
    for (IUpdater updater : List.of(new Sgd(0.5), new Adam(0.01))) {
      MultiLayerNetwork ours = StepCase.network(updater);
      MultiLayerNetwork dl4j = StepCase.network(updater);
      StepCase.takeDl4jsWay(dl4j);
      for (MultiLayerNetwork network : List.of(ours, dl4j)) {
        Nd4j.getRandom().setSeed(5);
        minibatches.forEach(minibatch -> network.pretrainLayer(0, minibatch.dup()));
        Nd4j.getRandom().setSeed(5);
        minibatches.forEach(minibatch -> network.pretrainLayer(0, minibatch));
      }
      assertThat(Small.exact(ours.params()))
          .containsExactly(Small.exact(dl4j.params()), within(1e-5));
    }
  }

  /** By blocks of rows, and by bands of columns where rows are few. */
  @ParameterizedTest
  @ValueSource(ints = {300, 20})
  void anyNumberOfThreadsEndsWithTheSameBits(int rows) {
    Nd4j.getRandom().setSeed(3);
    INDArray x = Nd4j.rand(rows, 784);
    INDArray alone = trainedBy(1, x);
    assertThat(trainedBy(2, x).equalsWithEps(alone, 0)).isTrue();
    assertThat(trainedBy(3, x).equalsWithEps(alone, 0)).isTrue();
  }

  private static INDArray trainedBy(int threads, INDArray x) {
    MultiLayerNetwork network =
        Small.network(
            Small.settings().updater(new Sgd(0.1)),
            new DenoisingAutoEncoder.Builder()
                .nIn(784)
                .nOut(500)
                .activation(Activation.SIGMOID)
                .corruption(new MaskingCorruption(0.3))
                .build());
    Nd4j.getRandom().setSeed(5);
    System.setProperty("io.github.dae4j.threads", String.valueOf(threads));
    try {
      Small.pretrain(network, x, 3);
    } finally {
      System.clearProperty("io.github.dae4j.threads");
    }
    return network.params();
  }

  /** Steps that are looked at and others take turns: one state, one count. */
  @Test
  void listenersMayComeAndGo() {
    for (IUpdater updater : List.of(new Sgd(0.5), new Nesterovs(0.1, 0.9), new Adam(0.01))) {
      MultiLayerNetwork ours = StepCase.network(updater);
      MultiLayerNetwork dl4j = StepCase.network(updater);
      StepCase.takeDl4jsWay(dl4j);
      INDArray x = Small.patterns(10);
      Nd4j.getRandom().setSeed(5);
      Small.pretrain(dl4j, x, 9);
      Nd4j.getRandom().setSeed(5);
      Small.pretrain(ours, x, 3);
      ours.setListeners(StepCase.CURIOUS);
      Small.pretrain(ours, x, 3);
      ours.setListeners();
      Small.pretrain(ours, x, 3);
      assertThat(Small.exact(ours.params()))
          .containsExactly(Small.exact(dl4j.params()), within(1e-5));
      assertThat(Small.layerOf(ours).conf().getIterationCount()).isEqualTo(9);
    }
  }

  /** The updater's state and the step's arrays outlive the workspace of the first step. */
  @Test
  void theFirstStepMayBeInsideAWorkspace() {
    for (IUpdater updater : List.of(new Sgd(0.5), new Nesterovs(0.1, 0.9), new Adam(0.01))) {
      MultiLayerNetwork inside = StepCase.network(updater);
      MultiLayerNetwork outside = StepCase.network(updater);
      INDArray x = Small.patterns(10);
      Nd4j.getRandom().setSeed(5);
      Small.pretrain(outside, x, 6);
      Nd4j.getRandom().setSeed(5);
      WorkspaceConfiguration configuration =
          WorkspaceConfiguration.builder().initialSize(1 << 20).build();
      for (int step = 0; step < 6; step++) {
        try (MemoryWorkspace workspace =
            Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "caller")) {
          assertThat(workspace.isScopeActive()).isTrue();
          Nd4j.ones(1000).muli(7); // where a state in the workspace would be
          inside.pretrainLayer(0, x.dup());
        }
      }
      INDArray state = Small.layerOf(inside).getOptimizer().getUpdater().getStateViewArray();
      assertThat(state == null || !state.isAttached()).isTrue();
      assertThat(Small.exact(inside.params())).containsExactly(Small.exact(outside.params()));
    }
  }

  /** A step that fails leaves nothing behind that the next would take for its own. */
  @ParameterizedTest
  @ValueSource(ints = {10, 300})
  void theStepAfterOneThatFailedIsAsEver(int rows) {
    MultiLayerNetwork failed = noisy();
    MultiLayerNetwork other = noisy();
    INDArray x = Small.patterns(rows);
    Nd4j.getRandom().setSeed(5);
    assertThatThrownBy(() -> failed.pretrainLayer(0, x.add(1)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("must be in [0, 1]");
    assertThat(Small.exact(failed.params())).containsExactly(Small.exact(other.params()));
    failed.setListeners(StepCase.CURIOUS);
    other.setListeners(StepCase.CURIOUS);
    Small.pretrain(failed, x, 2); // draws as if nothing had been
    Nd4j.getRandom().setSeed(5);
    Small.pretrain(other, x, 2);
    assertThat(Small.exact(failed.params())).containsExactly(Small.exact(other.params()));
  }

  /** With weights that a step keeps until its end. */
  private static MultiLayerNetwork noisy() {
    return Small.network(
        Small.settings().updater(new Sgd(0.5)).weightNoise(new DropConnect(0.8)),
        Small.layer().corruption(new MaskingCorruption(0.3)).build());
  }

  /** Validation may ask for errors while the layer trains. */
  @Test
  void questionsFromAnotherThreadDoNotDisturbAStep() {
    INDArray x = Small.patterns(300);
    MultiLayerNetwork quiet = StepCase.network(new Sgd(0.01));
    MultiLayerNetwork disturbed = StepCase.network(new Sgd(0.01));
    Nd4j.getRandom().setSeed(5);
    Small.pretrain(quiet, x, 40);
    AtomicBoolean trained = new AtomicBoolean();
    CompletableFuture<Void> questions =
        CompletableFuture.runAsync(
            () -> {
              INDArray other = Nd4j.valueArrayOf(new long[] {300, Small.WIDTH}, 0.5f);
              while (!trained.get()) {
                Small.layerOf(disturbed).reconstructionError(other);
              }
            });
    Nd4j.getRandom().setSeed(5);
    Small.pretrain(disturbed, x, 40);
    trained.set(true);
    questions.join();
    assertThat(Small.exact(disturbed.params())).containsExactly(Small.exact(quiet.params()));
  }
}
