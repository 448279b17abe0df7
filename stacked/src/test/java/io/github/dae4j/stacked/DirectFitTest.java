package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.listener.ScoreListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.stepfunctions.NegativeGradientStepFunction;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** {@code fit} by shorter ways is that by DL4J's. */
class DirectFitTest {

  private static final int STEPS = 8;
  private static final TrainingListener CURIOUS =
      new BaseTrainingListener() {
        @Override
        public void onGradientCalculation(Model model) {}
      };

  /** As a user gets it, the same with a listener that looks at gradients, or by DL4J's solver. */
  private enum Way {
    OURS,
    WATCHED,
    DL4J
  }

  private record Case(String name, Supplier<PretrainableNetwork> network) {

    @Override
    public String toString() {
      return name;
    }
  }

  private record Trained(
      double[] params, double[] scores, double[] state, boolean subtractsItsGradient) {}

  static Stream<Case> direct() {
    List<Case> cases = new ArrayList<>();
    for (IUpdater updater :
        List.of(
            new Sgd(0.3),
            new Nesterovs(0.05, 0.9),
            new Adam(0.01),
            new Sgd(new ExponentialSchedule(ScheduleType.ITERATION, 0.5, 0.8)))) {
      cases.add(new Case(updater + " plain", () -> network(updater, tied(), untied())));
      cases.add(
          new Case(
              updater + " joint loss",
              () -> network(updater, tied().denoisingWeight(0.5), untied())));
      cases.add(new Case(updater + " frozen below", () -> frozen(updater)));
      cases.add(new Case(updater + " pretrained", () -> pretrained(updater)));
      cases.add(
          new Case(
              updater + " dropout and noise",
              () ->
                  network(
                      updater,
                      tied().dropOut(new Dropout(0.8)),
                      untied().weightNoise(new DropConnect(0.8)))));
      cases.add(
          new Case(
              updater + " bias updater",
              () -> network(updater, tied().biasUpdater(new Sgd(0.1)), untied())));
      cases.add(
          new Case(
              updater + " on a dense layer",
              () ->
                  of(
                      settings(updater),
                      new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build(),
                      untied().build())));
    }
    for (IUpdater updater : List.of(new Sgd(0.03), new Adam(0.01))) {
      cases.add(
          new Case(
              updater + " sums",
              () -> of(settings(updater).miniBatch(false), tied().build(), untied().build())));
    }
    return cases.stream();
  }

  static Stream<Case> refused() {
    return Stream.of(
        new Case("AdaGrad", () -> network(new AdaGrad(0.1), tied(), untied())),
        new Case("L2", () -> network(new Sgd(0.3), tied().l2(0.1), untied())),
        new Case("weight decay", () -> network(new Adam(0.01), tied(), untied().weightDecay(0.1))),
        new Case(
            "clipping",
            () ->
                of(
                    settings(new Sgd(0.3))
                        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(0.01),
                    tied().build(),
                    untied().build())),
        new Case( // its means are no derivatives
            "batch normalization",
            () ->
                of(
                    settings(new Sgd(0.3)),
                    tied().build(),
                    new BatchNormalization(),
                    untied().build())));
  }

  @ParameterizedTest
  @MethodSource("direct")
  void endsWhereDl4jDoes(Case network) {
    Trained dl4j = train(network, Way.DL4J);
    assertThat(dl4j.subtractsItsGradient).isTrue();
    for (Way way : List.of(Way.OURS, Way.WATCHED)) {
      Trained ours = train(network, way);
      assertThat(ours.params).containsExactly(dl4j.params, within(1e-5));
      for (int i = 0; i < STEPS; i++) {
        assertThat(ours.scores[i]).isCloseTo(dl4j.scores[i], within(1e-4 * dl4j.scores[i]));
      }
      assertThat(ours.state).containsExactly(dl4j.state, within(1e-5));
      assertThat(ours.subtractsItsGradient).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isDl4jsToTheBitWhereAStepIsMoreThanThat(Case network) {
    Trained ours = train(network, Way.OURS);
    Trained dl4j = train(network, Way.DL4J);
    assertThat(ours.params).containsExactly(dl4j.params);
    assertThat(ours.scores).containsExactly(dl4j.scores);
    assertThat(ours.state).containsExactly(dl4j.state);
    assertThat(ours.subtractsItsGradient).isTrue();
  }

  @Test
  void aFrozenLayerStaysAsItIs() {
    for (IUpdater updater : List.of(new Sgd(0.3), new Adam(0.01))) {
      PretrainableNetwork network = frozen(updater);
      double[] before = SmallStacks.exact(network.getLayer(0).params());
      double[] above = SmallStacks.exact(network.getLayer(1).params());
      network.fit(SmallStacks.labelled(10));
      assertThat(SmallStacks.exact(network.getLayer(0).params())).containsExactly(before);
      assertThat(SmallStacks.exact(network.getLayer(1).params())).isNotEqualTo(above);
    }
  }

  /** What only pretraining trains stays, also if its derivatives are still there. */
  @Test
  void theDecoderStaysAsItIs() {
    for (IUpdater updater : List.of(new Sgd(0.3), new Adam(0.01))) {
      PretrainableNetwork network = network(updater, tied(), untied());
      network.pretrainLayer(1, SmallStacks.data(10));
      double[] visibleBias = SmallStacks.exact(network.getParam("1_vb"));
      double[] visibleWeights = SmallStacks.exact(network.getParam("1_vW"));
      network.fit(SmallStacks.labelled(10));
      network.setListeners(CURIOUS);
      network.fit(SmallStacks.labelled(10));
      assertThat(SmallStacks.exact(network.getParam("1_vb"))).containsExactly(visibleBias);
      assertThat(SmallStacks.exact(network.getParam("1_vW"))).containsExactly(visibleWeights);
    }
  }

  @Test
  void listenersThatLookAtScoresAreToldInOrder() {
    List<String> calls = new ArrayList<>();
    PretrainableNetwork network = network(new Sgd(0.3), tied(), untied());
    network.setListeners(new Telling("a", calls), new Telling("b", calls));
    network.fit(SmallStacks.labelled(10));
    network.fit(SmallStacks.labelled(5));
    assertThat(calls).containsExactly("a 0 0", "b 0 0", "a 1 0", "b 1 0");
    assertThat(network.getIterationCount()).isEqualTo(2);
  }

  /** DL4J calls {@code init} where it is not sure that somebody has. */
  @Test
  void aSecondInitKeepsTheUpdatersState() {
    PretrainableNetwork network = network(new Adam(0.01), tied(), untied());
    network.fit(SmallStacks.labelled(10));
    double[] state = SmallStacks.exact(network.getUpdater().getStateViewArray());
    network.init();
    assertThat(SmallStacks.exact(network.getUpdater().getStateViewArray())).containsExactly(state);
    assertThat(state).isNotEqualTo(new double[state.length]);
  }

  @Test
  void anotherUpdaterTakesEffectAtOnce() {
    PretrainableNetwork network = network(new Sgd(0.3), tied(), untied());
    network.fit(SmallStacks.labelled(10));
    network.setLearningRate(0);
    double[] before = SmallStacks.exact(network.params());
    network.fit(SmallStacks.labelled(10));
    assertThat(SmallStacks.exact(network.params())).containsExactly(before);
  }

  @Test
  void parametersThatAreSetAreThoseThatTrain() {
    PretrainableNetwork network = network(new Adam(0.01), tied(), untied());
    network.fit(SmallStacks.labelled(10));
    INDArray zeros = Nd4j.zeros(network.params().shape());
    network.setParams(zeros);
    network.fit(SmallStacks.labelled(10));
    double largest = network.params().amaxNumber().doubleValue();
    assertThat(largest).isBetween(1e-4, 0.02);
  }

  private static final class Telling extends BaseTrainingListener implements ScoreListener {

    private final String name;
    private final List<String> calls;

    Telling(String name, List<String> calls) {
      this.name = name;
      this.calls = calls;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      calls.add("%s %d %d".formatted(name, iteration, epoch));
    }
  }

  private static Trained train(Case network, Way way) {
    PretrainableNetwork trained = network.network.get();
    if (way == Way.WATCHED) {
      trained.setListeners(CURIOUS);
    } else if (way == Way.DL4J) {
      trained.conf().setStepFunction(new NegativeGradientStepFunction());
      trained.clear(); // makes its solver anew
    }
    DataSet data = SmallStacks.labelled(10);
    DataSet fewer = SmallStacks.labelled(4);
    Nd4j.getRandom().setSeed(5);
    double[] scores = new double[STEPS];
    INDArray before = null;
    for (int step = 0; step < STEPS; step++) {
      before = trained.params().dup();
      trained.fit(step == 3 ? fewer : data);
      scores[step] = trained.score();
    }
    INDArray state = trained.getUpdater().getStateViewArray();
    return new Trained(
        SmallStacks.exact(trained.params()),
        scores,
        state == null ? new double[0] : SmallStacks.exact(state),
        subtracted(before, trained));
  }

  private static boolean subtracted(INDArray before, PretrainableNetwork network) {
    INDArray step = before.sub(network.params());
    INDArray gradient = network.getGradientsViewArray().reshape(step.shape());
    return step.sub(gradient).amaxNumber().doubleValue() < 1e-6;
  }

  private static DenoisingAutoEncoder.Builder tied() {
    return SmallStacks.layer(SmallStacks.WIDTH, 8);
  }

  private static DenoisingAutoEncoder.Builder untied() {
    return SmallStacks.layer(8, 5).tiedWeights(false).activation(Activation.TANH);
  }

  private static NeuralNetConfiguration.Builder settings(IUpdater updater) {
    return new NeuralNetConfiguration.Builder().seed(1).updater(updater);
  }

  private static PretrainableNetwork network(
      IUpdater updater, DenoisingAutoEncoder.Builder first, DenoisingAutoEncoder.Builder second) {
    return of(settings(updater), first.build(), second.build());
  }

  private static PretrainableNetwork of(
      NeuralNetConfiguration.Builder settings, org.deeplearning4j.nn.conf.layers.Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings.list();
    for (org.deeplearning4j.nn.conf.layers.Layer layer : layers) {
      list.layer(layer);
    }
    list.layer(SmallStacks.output());
    list.setInputType(InputType.feedForward(SmallStacks.WIDTH));
    PretrainableNetwork network = new PretrainableNetwork(list.build());
    network.init();
    return network;
  }

  private static PretrainableNetwork frozen(IUpdater updater) {
    PretrainableNetwork network = network(updater, tied(), untied());
    Layer[] layers = network.getLayers();
    layers[0] = new FrozenLayer(layers[0]);
    return network;
  }

  /** Its gradients hold what pretraining left there. */
  private static PretrainableNetwork pretrained(IUpdater updater) {
    PretrainableNetwork network = network(updater, tied(), untied());
    Nd4j.getRandom().setSeed(5);
    network.pretrainLayer(0, SmallStacks.data(10));
    network.pretrainLayer(1, SmallStacks.data(10));
    return network;
  }
}
