package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What DL4J asks of any layer that pretrains. */
class DropInTest {

  /** DL4J takes the number for the length of the gradient. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allParametersCount(boolean tied) {
    MultiLayerNetwork net = Small.network(Small.layer().tiedWeights(tied));
    net.setInput(Small.patterns(10));
    net.setLabels(Small.labels(10));
    net.computeGradientAndScore();
    assertThatCode(() -> net.update(net.gradient())).doesNotThrowAnyException();
    assertThat(Small.layerOf(net).numParams(true)).isEqualTo(Small.layerOf(net).numParams());

    ComputationGraph graph = Small.graph(Small.settings(), Small.layer().tiedWeights(tied).build());
    assertThat(graph.numParams()).isEqualTo(graph.params().length());
  }

  @Test
  void inputOutsideOfWorkspacesOutlivesAStep() {
    MultiLayerNetwork net = Small.network(Small.layer());
    net.initGradientsView();
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    INDArray x = Small.patterns(10);
    layer.fit(x, LayerWorkspaceMgr.noWorkspaces());
    layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
    assertThat(layer.score()).isPositive();
  }
}
