package io.github.dae4j.layer;

import io.github.dae4j.corruption.MaskingCorruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.stepfunctions.NegativeGradientStepFunction;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** A layer and its training, to be pretrained by DL4J's solver and by shorter ways. */
record StepCase(
    String name,
    UnaryOperator<NeuralNetConfiguration.Builder> settings,
    UnaryOperator<DenoisingAutoEncoder.Builder> layer,
    INDArray mask) {

  static final int STEPS = 8;

  /** Looks at everything within a step. */
  static final TrainingListener CURIOUS =
      new BaseTrainingListener() {
        @Override
        public void onForwardPass(Model model, Map<String, INDArray> activations) {}

        @Override
        public void onGradientCalculation(Model model) {}
      };

  /** How a layer is trained. */
  enum Way {
    /** As a user gets it. */
    OURS,
    /** The same with {@link #CURIOUS}. */
    WATCHED,
    /** By DL4J's solver. */
    DL4J,
    /** By DL4J's solver, the cells of a step by operations of ND4J. */
    DL4J_AND_ND4J
  }

  /**
   * What some steps end with, the scores of each, and whether the gradient after the last is what
   * it subtracted.
   */
  record Trained(
      double[] params,
      double[] scores,
      double[] updaterState,
      int iterations,
      boolean subtractsItsGradient) {}

  static Stream<StepCase> direct() {
    List<StepCase> cases = new ArrayList<>();
    for (IUpdater updater :
        List.of(
            new Sgd(0.5),
            new Nesterovs(0.1, 0.9),
            new Adam(0.01),
            new Sgd(new ExponentialSchedule(ScheduleType.ITERATION, 0.5, 0.8)),
            new Nesterovs(
                new ExponentialSchedule(ScheduleType.ITERATION, 0.2, 0.9),
                new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.5, 4, 0.9))),
            new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.02, 0.8)))) {
      for (boolean tied : new boolean[] {true, false}) {
        cases.add(
            of(updater + (tied ? " tied" : " untied"), updater, layer -> layer.tiedWeights(tied)));
      }
    }
    for (IUpdater updater : List.of(new Sgd(0.2), new Adam(0.01))) {
      for (Activation activation :
          List.of(Activation.TANH, Activation.RELU, Activation.IDENTITY, Activation.SOFTPLUS)) {
        cases.add(of(updater + " " + activation, updater, layer -> layer.activation(activation)));
      }
      cases.add(of(updater + " squared error", updater, StepCase::squaredError));
      cases.add(of(updater + " emphasis", updater, layer -> layer.emphasis(2, 0.5)));
      cases.add(of(updater + " input dropout", updater, layer -> layer.dropOut(new Dropout(0.8))));
      cases.add(
          of(
              updater + " weight noise",
              updater,
              layer -> layer.weightNoise(new WeightNoise(new NormalDistribution(0, 0.1)))));
      cases.add(
          of(
              updater + " drop connect",
              updater,
              layer -> layer.weightNoise(new DropConnect(0.8)).tiedWeights(false)));
      cases.add(of(updater + " bias updater", updater, layer -> layer.biasUpdater(new Sgd(0.3))));
      cases.add(of(updater + " joint loss", updater, layer -> layer.denoisingWeight(0.5)));
      cases.add(
          new StepCase(updater + " sums", s -> s.updater(updater).miniBatch(false), l -> l, null));
      cases.add(new StepCase(updater + " mask", s -> s.updater(updater), l -> l, rowMask()));
    }
    return cases.stream();
  }

  /** With ND4J's operations for the cells, as DL4J's way has them too. */
  static Stream<StepCase> refused() {
    return Stream.of(
        of("AdaGrad", new AdaGrad(0.1), StepCase::squaredError),
        of("RmsProp", new RmsProp(0.01), StepCase::squaredError),
        of("NoOp", new NoOp(), StepCase::squaredError),
        of("L1", new Sgd(0.2), layer -> squaredError(layer).l1(0.01)),
        of("L2", new Sgd(0.2), layer -> squaredError(layer).l2(0.1)),
        of("L2 of biases", new Adam(0.01), layer -> squaredError(layer).l2Bias(0.1)),
        of("weight decay", new Sgd(0.2), layer -> squaredError(layer).weightDecay(0.1)),
        of(
            "clipping",
            new Sgd(0.2),
            layer ->
                squaredError(layer)
                    .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                    .gradientNormalizationThreshold(0.01)),
        of(
            "some biases otherwise",
            new Sgd(0.2),
            layer -> squaredError(layer).biasUpdater(new AdaGrad(0.1))),
        new StepCase(
            "DOUBLE",
            s -> s.updater(new Sgd(0.2)).dataType(DataType.DOUBLE),
            StepCase::squaredError,
            null));
  }

  static StepCase capped() {
    return of(
        "capped", new Sgd(0.2), layer -> layer.activation(new ActivationReLU(0.1, null, null)));
  }

  static StepCase constrained() {
    return of(
        "constrained",
        new Sgd(0.5),
        layer -> layer.constrainWeights(new MaxNormConstraint(0.5, 1)));
  }

  private static StepCase of(
      String name, IUpdater updater, UnaryOperator<DenoisingAutoEncoder.Builder> layer) {
    return new StepCase(name, settings -> settings.updater(updater), layer, null);
  }

  private static DenoisingAutoEncoder.Builder squaredError(DenoisingAutoEncoder.Builder layer) {
    return layer.reconstructionLoss(LossFunction.L2).decoderActivation(Activation.IDENTITY);
  }

  private static INDArray rowMask() {
    return Nd4j.createFromArray(1f, 1f, 0f, 1f, 0f, 1f, 1f, 1f, 0f, 1f).reshape(10, 1);
  }

  static MultiLayerNetwork network(IUpdater updater) {
    return of("", updater, layer -> layer.corruption(new MaskingCorruption(0.3))).network();
  }

  MultiLayerNetwork network() {
    return Small.network(settings.apply(Small.settings()), layer.apply(Small.layer()).build());
  }

  /** Has a network pretrained by DL4J's solver, before its first step. */
  static void takeDl4jsWay(MultiLayerNetwork network) {
    Small.layerOf(network).conf().setStepFunction(new NegativeGradientStepFunction());
  }

  Trained train(Way way) {
    MultiLayerNetwork network = network();
    DenoisingAutoEncoderLayer trained = Small.layerOf(network);
    if (way == Way.WATCHED) {
      network.setListeners(CURIOUS);
    } else if (way != Way.OURS) {
      takeDl4jsWay(network);
    }
    boolean masked = mask == null && way == Way.DL4J_AND_ND4J; // ones change nothing but the way
    INDArray stepMask = masked ? Nd4j.ones(10, 1) : mask;
    INDArray x = Small.patterns(10);
    Nd4j.getRandom().setSeed(5);
    double[] scores = new double[STEPS];
    INDArray before = null;
    for (int step = 0; step < STEPS; step++) {
      before = trained.params().dup();
      trained.setMaskArray(stepMask);
      network.pretrainLayer(0, x);
      scores[step] = trained.score();
    }
    INDArray state = trained.getOptimizer().getUpdater().getStateViewArray();
    return new Trained(
        Small.exact(trained.params()),
        scores,
        state == null ? new double[0] : Small.exact(state),
        trained.conf().getIterationCount(),
        subtracted(before, trained));
  }

  private static boolean subtracted(INDArray before, DenoisingAutoEncoderLayer layer) {
    INDArray step = before.sub(layer.params());
    return step.sub(layer.gradient().gradient().reshape(step.shape())).amaxNumber().doubleValue()
        < 1e-6;
  }

  @Override
  public String toString() {
    return name;
  }
}
