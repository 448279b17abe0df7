package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Losses are summed in FLOAT: a HALF sum of many cells stands still at 1024 or is infinite. */
class HalfScoreTest {

  static Stream<Arguments> cases() {
    return Stream.of(new LossBinaryXENT(), new LossL1(), new LossL2(), new LossMSE())
        .flatMap(
            loss ->
                Stream.of(1.0, 0.5)
                    .flatMap(
                        beta ->
                            Stream.of(20, 512)
                                .map(minibatch -> Arguments.of(loss, beta, minibatch))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theScoreInHalfIsThatInFloat(ILossFunction loss, double beta, int minibatch) {
    assertThat(score(DataType.FLOAT16, loss, beta, minibatch))
        .isCloseTo(score(DataType.FLOAT, loss, beta, minibatch), withinPercentage(1));
  }

  /** All weights 0 and so all outputs 0.5, against ones. */
  private static double score(DataType type, ILossFunction loss, double beta, int minibatch) {
    int features = 300;
    DenoisingAutoEncoder.Builder layer =
        Small.layer()
            .nIn(features)
            .decoderActivation(Activation.SIGMOID)
            .reconstructionLoss(loss)
            .emphasis(1, beta);
    MultiLayerNetwork net = Small.network(Small.settings().dataType(type), layer.build());
    net.initGradientsView();
    net.params().assign(0);
    Nd4j.getRandom().setSeed(4);
    DenoisingAutoEncoderLayer running = Small.layerOf(net);
    running.setInput(Nd4j.ones(type, minibatch, features), LayerWorkspaceMgr.noWorkspaces());
    running.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
    return running.score();
  }
}
