package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** DL4J's own gradient check of a graph with the layer between others. */
@ExtendWith(InDouble.class)
class GraphGradientTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLayerPasses(boolean tied) {
    ComputationGraph graph =
        Small.graph(
            Small.settings().dataType(DataType.DOUBLE).updater(new NoOp()),
            Small.layer().tiedWeights(tied).build());
    GradientCheckUtil.GraphConfig check =
        new GradientCheckUtil.GraphConfig()
            .net(graph)
            .inputs(new INDArray[] {Small.patterns(5).castTo(DataType.DOUBLE)})
            .labels(new INDArray[] {Small.labels(5).castTo(DataType.DOUBLE)});
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
  }
}
