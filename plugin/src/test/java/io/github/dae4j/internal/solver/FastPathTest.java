package io.github.dae4j.internal.solver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.internal.solver.FastPath.Loss;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FastPathTest {

  private final INDArray rows = Nd4j.ones(DataType.FLOAT, 2, 3);

  @Test
  void aDenoisingStepIsFusedUnderLossesWithKernels() {
    assertThat(of(Activation.RELU, Loss.BY_ROWS, false, null, false, rows).isTaken()).isTrue();
    assertThat(of(Activation.TANH, Loss.BY_ROWS, false, rows, false, rows).isTaken()).isTrue();
    assertThat(of(Activation.SIGMOID, Loss.CROSS_ENTROPY, false, null, true, rows).isTaken())
        .isTrue();
  }

  @Test
  void theObstacleIsTheFirstReason() {
    assertThat(of(Activation.GELU, Loss.OTHER, true, rows, true, rows).obstacle())
        .isEqualTo("the activation has no fused kernel");
    assertThat(of(Activation.RELU, Loss.OTHER, true, rows, true, rows).obstacle())
        .isEqualTo("the loss has no fused kernel");
    assertThat(of(Activation.RELU, Loss.BY_ROWS, true, rows, true, rows).obstacle())
        .isEqualTo("penalties on the code");
    assertThat(of(Activation.RELU, Loss.CROSS_ENTROPY, false, rows, false, rows).obstacle())
        .isEqualTo("a mask, or missing cells, of this loss");
    assertThat(of(Activation.RELU, Loss.BY_ROWS, false, null, true, rows).obstacle())
        .isEqualTo("a listener gets the reconstruction of this loss");
    assertThat(
            of(Activation.RELU, Loss.BY_ROWS, false, null, false, rows.castTo(DataType.DOUBLE))
                .obstacle())
        .isEqualTo("input is not FLOAT in the host's memory");
  }

  private static FastPath of(
      Activation activation,
      Loss loss,
      boolean penalized,
      INDArray countingCells,
      boolean heard,
      INDArray target) {
    FeedForwardLayer conf = new DenseLayer.Builder().nIn(3).nOut(2).activation(activation).build();
    return FastPath.ofDenoising(conf, loss, penalized, countingCells, heard, target);
  }
}
