package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.AutoencoderScoreCalculator;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.regression.RegressionEvaluation.Metric;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The faults of the {@code AutoEncoder} of DL4J 1.0.0-M2.1, and of what pretrains it, each next to
 * the same with our layer.
 */
class BuiltInAutoEncoderTest {

  private static final int ROWS = 20;

  @Test
  void itsCrossEntropyRisesWhereOursFalls() {
    INDArray x = Small.patterns(ROWS);
    MultiLayerNetwork builtIn = Small.network(Small.settings(), builtIn().build());
    MultiLayerNetwork ours = Small.network(ours());
    ours.setParams(builtIn.params().dup());
    double before = Small.error(Small.layerOf(ours), x);
    Small.pretrain(builtIn, x, 100);
    Small.pretrain(ours, x, 100);

    double after = Small.error(Small.layerOf(ours), x);
    ours.setParams(builtIn.params().dup()); // W, b, vb: the two lay them out alike
    double itsAfter = Small.error(Small.layerOf(ours), x);

    assertThat(after).isLessThan(0.8 * before);
    assertThat(itsAfter).isGreaterThan(5 * before);
  }

  /** A step of ours from equal parameters is the opposite of its step, to the last bit or two. */
  @Test
  void itStepsUphill() {
    INDArray x = Small.patterns(ROWS);
    MultiLayerNetwork builtIn =
        Small.network(Small.settings(), builtIn().corruptionLevel(0).build());
    MultiLayerNetwork ours = Small.network(ours().corruption(new NoCorruption()));
    ours.setParams(builtIn.params().dup());
    INDArray start = builtIn.params().dup();
    builtIn.pretrainLayer(0, x);
    ours.pretrainLayer(0, x);
    assertThat(ours.params().sub(start)).isEqualTo(start.sub(builtIn.params()));
    assertThat(ours.params()).isNotEqualTo(start);
  }

  @Test
  void itsGradientIgnoresTheLoss() {
    INDArray x = Small.patterns(ROWS);
    double[] mse =
        step(Small.network(Small.settings(), builtIn().lossFunction(LossFunction.MSE).build()), x);
    double[] xent =
        step(Small.network(Small.settings(), builtIn().lossFunction(LossFunction.XENT).build()), x);
    assertThat(mse).containsExactly(xent);

    assertThat(step(Small.network(ours().reconstructionLoss(LossFunction.MSE)), x))
        .isNotEqualTo(step(Small.network(ours().reconstructionLoss(LossFunction.XENT)), x));
  }

  /** The derivative of a sigmoid, y (1 - y), whatever the encoder: here tanh. */
  @Test
  void itsGradientIgnoresTheActivation() {
    INDArray x = Small.patterns(ROWS);
    MultiLayerNetwork net =
        Small.network(
            Small.settings(), builtIn().activation(Activation.TANH).corruptionLevel(0).build());
    INDArray w = net.getParam("0_W").dup();
    INDArray y = Transforms.tanh(x.mmul(w));
    INDArray z = Transforms.tanh(y.mmul(w.transpose()));
    INDArray wrong = x.sub(z).mmul(w).muli(y).muli(y.rsub(1)).sum(0);
    net.pretrainLayer(0, x);
    assertThat(net.getParam("0_b").reshape(Small.CODE)).isEqualTo(wrong.muli(-0.1 / ROWS));
  }

  /** Of a row of ones nothing is left, and with W = 0 and vb = -5 nearly nothing is expected. */
  @Test
  void itsScoreIsAgainstTheCorruptedInputAndActivatesTwice() {
    INDArray x = Nd4j.ones(ROWS, Small.WIDTH);
    MultiLayerNetwork builtIn =
        Small.network(
            Small.settings(), builtIn().lossFunction(LossFunction.MSE).corruptionLevel(1).build());
    MultiLayerNetwork ours =
        Small.network(
            ours().reconstructionLoss(LossFunction.MSE).corruption(new MaskingCorruption(1)));
    for (MultiLayerNetwork net : new MultiLayerNetwork[] {builtIn, ours}) {
      net.getParam("0_W").assign(0);
      net.getParam("0_vb").assign(-5);
      net.pretrainLayer(0, x);
    }
    double z = sigmoid(-5);
    assertThat(builtIn.getLayer(0).score()).isCloseTo(Math.pow(0 - sigmoid(z), 2), within(1e-5));
    assertThat(Small.layerOf(ours).score()).isCloseTo(Math.pow(1 - z, 2), within(1e-5));
  }

  private static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }

  /** {@code MultiLayerNetwork} hands the network's own input to every layer: ours says so. */
  @Test
  void pretrainingTheSecondLayerOfAPlainNetworkIsAnErrorThatSaysWhy() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            Small.settings()
                .list()
                .layer(ours().build())
                .layer(ours().nIn(Small.CODE).nOut(5).build())
                .layer(Small.output(5))
                .build());
    net.init();
    assertThatThrownBy(() -> net.pretrain(Small.batches(ROWS, 10)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("DenoisingAutoEncoder input must be [minibatch, 8], got [10, 12]")
        .hasMessageEndingWith("io.github.dae4j.stacked.PretrainableNetwork does not");
  }

  /** A graph opens no FF_WORKING_MEM, so our layer does; that epochs are ignored is the graph's. */
  @Test
  void aGraphPretrainsForOneEpochWhateverItIsAsked() {
    ComputationGraph graph = Small.graph(Small.settings(), ours().build());
    graph.pretrain(Small.batches(ROWS, 10), 3);
    assertThat(Small.layerOf(graph).conf().getIterationCount()).isEqualTo(2);
    assertThat(Small.layerOf(graph).conf().getEpochCount()).isZero();
  }

  /** {@link DenoisingAutoEncoderTest} has our reading of the name. */
  @Test
  void itsReconstructionCrossEntropyIsTheKullbackLeiblerDivergence() {
    AutoEncoder conf = builtIn().build();
    assertThat(conf.getLossFunction()).isEqualTo(LossFunction.RECONSTRUCTION_CROSSENTROPY);
    assertThat(conf.getLossFunction().getILossFunction()).hasToString("LossKLD()");
  }

  /** In HALF 1 - 1e-5 is 1, so that clipping to it leaves log 0. */
  @Test
  void binaryCrossEntropyOfDl4jIsInfiniteInHalfWhereOursIsRight() {
    INDArray target = Nd4j.zeros(DataType.FLOAT16, 1, 1);
    INDArray preOutput = Nd4j.valueArrayOf(new long[] {1, 1}, 100, DataType.FLOAT16);
    double theirs =
        new LossBinaryXENT()
            .computeScore(target, preOutput.dup(), new ActivationSigmoid(), null, false);
    assertThat(theirs).isInfinite();
    assertThat(new SigmoidCrossEntropy(null).score(target, preOutput, null)).isEqualTo(100);
  }

  @Test
  void theAutoencoderScoreCalculatorOfDl4jTakesNoOtherLayer() {
    AutoencoderScoreCalculator calculator =
        new AutoencoderScoreCalculator(Metric.MSE, Small.batches(ROWS, 10));
    MultiLayerNetwork net = Small.network(ours());
    assertThatThrownBy(() -> calculator.calculateScore(net))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageEndingWith("got DenoisingAutoEncoderLayer");
  }

  /** With a score of our own, the pretraining of a single layer stops early as it should. */
  @Test
  void earlyStoppingPretrainsALayerOnItsReconstructionError() {
    MultiLayerNetwork net = Small.network(ours());
    double before = Small.error(Small.layerOf(net), Small.patterns(ROWS));
    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(
                new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                    .modelSaver(new InMemoryModelSaver<>())
                    .scoreCalculator(new ReconstructionScore())
                    .epochTerminationConditions(new MaxEpochsTerminationCondition(5))
                    .build(),
                net,
                Small.batches(ROWS, 10))
            .pretrain();
    assertThat(Small.error(Small.layerOf(result.getBestModel()), Small.patterns(ROWS)))
        .isLessThan(before);
  }

  private static class ReconstructionScore implements ScoreCalculator<MultiLayerNetwork> {

    private static final long serialVersionUID = 1L;

    @Override
    public double calculateScore(MultiLayerNetwork net) {
      return Small.error(Small.layerOf(net), Small.patterns(ROWS));
    }

    @Override
    public boolean minimizeScore() {
      return true;
    }
  }

  private static double[] step(MultiLayerNetwork net, INDArray x) {
    Nd4j.getRandom().setSeed(3);
    net.pretrainLayer(0, x);
    return Small.exact(net.params());
  }

  private static AutoEncoder.Builder builtIn() {
    return new AutoEncoder.Builder()
        .nIn(Small.WIDTH)
        .nOut(Small.CODE)
        .activation(Activation.SIGMOID)
        .corruptionLevel(0.2)
        .lossFunction(LossFunction.RECONSTRUCTION_CROSSENTROPY);
  }

  private static DenoisingAutoEncoder.Builder ours() {
    return Small.layer();
  }
}
