package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.Sparsity;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

class StackBuilderTest {

  private static DenoisingAutoEncoder conf(StackedDenoisingAutoEncoder stack, int layer) {
    return (DenoisingAutoEncoder) stack.network().getLayer(layer).conf().getLayer();
  }

  @Test
  void widthsAreThoseOfTheLayers() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    assertThat(stack.network().getnLayers()).isEqualTo(3);
    assertThat(stack.network().layerInputSize(1)).isEqualTo(8);
    assertThat(stack.network().layerSize(1)).isEqualTo(5);
    assertThat(stack.network().layerInputSize(2)).isEqualTo(5);
    assertThat(stack.network().layerSize(2)).isEqualTo(3);
  }

  @Test
  void withoutAnOutputLayerTheCodeIsTheOutput() {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.builder(12, 8, 5).build();
    assertThat(stack.network().getnLayers()).isEqualTo(2);
    assertThat(stack.encode(SmallStacks.data(3)))
        .isEqualTo(stack.network().output(SmallStacks.data(3)));
  }

  @Test
  void corruptionIsOneForAllOrOneForEach() {
    Corruption masking = new MaskingCorruption(0.1);
    Corruption gaussian = new GaussianCorruption(0.2);
    StackedDenoisingAutoEncoder each = SmallStacks.two().corruption(masking, gaussian).build();
    assertThat(conf(each, 0).getCorruption()).isEqualTo(masking);
    assertThat(conf(each, 1).getCorruption()).isEqualTo(gaussian);
    StackedDenoisingAutoEncoder all = SmallStacks.two().corruption(masking).build();
    assertThat(conf(all, 1).getCorruption()).isEqualTo(masking);
    StackedDenoisingAutoEncoder none = StackedDenoisingAutoEncoder.builder(3, 2).build();
    assertThat(conf(none, 0).getCorruption()).isEqualTo(new NoCorruption());
  }

  @Test
  void penaltiesAreOneForAllOrOneForEach() {
    Sparsity rare = new Sparsity(0.1, 2);
    StackedDenoisingAutoEncoder each =
        SmallStacks.two().contraction(0.5, 0).sparsity(Sparsity.NONE, rare).build();
    assertThat(conf(each, 0).getContraction()).isEqualTo(0.5);
    assertThat(conf(each, 1).getContraction()).isZero();
    assertThat(conf(each, 0).getSparsity()).isEqualTo(Sparsity.NONE);
    assertThat(conf(each, 1).getSparsity()).isEqualTo(rare);
    StackedDenoisingAutoEncoder all = SmallStacks.two().contraction(0.5).sparsity(rare).build();
    assertThat(conf(all, 1).getContraction()).isEqualTo(0.5);
    assertThat(conf(all, 1).getSparsity()).isEqualTo(rare);
  }

  @Test
  void codesThatAreNoProbabilitiesAreReconstructedWithSquaredError() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().activation(Activation.TANH).build();
    assertThat(conf(stack, 1).getReconstructionLoss()).isInstanceOf(LossL2.class);
    assertThat(conf(stack, 1).getDecoderActivation()).isInstanceOf(ActivationTanH.class);
    stack.network().pretrainLayer(1, SmallStacks.data(4));
  }

  @Test
  void decodersAreTiedUnlessTheyShallNotBe() {
    assertThat(conf(SmallStacks.two().build(), 1).isTiedWeights()).isTrue();
    StackedDenoisingAutoEncoder untied = SmallStacks.two().tiedWeights(false).build();
    assertThat(conf(untied, 0).isTiedWeights()).isFalse();
    assertThat(conf(untied, 1).isTiedWeights()).isFalse();
  }

  @Test
  void weightInitHoldsForLayersWithoutTheirOwn() {
    OutputLayer output =
        new OutputLayer.Builder()
            .nOut(SmallStacks.CLASSES)
            .activation(Activation.SOFTMAX)
            .weightInit(WeightInit.ZERO)
            .build();
    StackedDenoisingAutoEncoder stack =
        SmallStacks.two().weightInit(WeightInit.SIGMOID_UNIFORM).output(output).build();
    double bound = 4 * Math.sqrt(6.0 / (SmallStacks.WIDTH + 8));
    assertThat(stack.network().getParam("0_W").amaxNumber().doubleValue())
        .isBetween(bound / 2, bound);
    assertThat(SmallStacks.exact(stack.network().getParam("2_W"))).containsOnly(0);
  }

  @Test
  void theSameSeedGivesTheSameWeights() {
    assertThat(SmallStacks.two().build().network().params())
        .isEqualTo(SmallStacks.two().build().network().params());
    assertThat(SmallStacks.two().seed(2).build().network().params())
        .isNotEqualTo(SmallStacks.two().build().network().params());
  }

  @Test
  void oneBuilderBuildsManyStacks() {
    StackBuilder builder = SmallStacks.two();
    StackedDenoisingAutoEncoder first = builder.build();
    StackedDenoisingAutoEncoder second = builder.build();
    first.network().getLayer(0).getParam("W").assign(0);
    assertThat(second.network().params()).isNotEqualTo(first.network().params());
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> StackedDenoisingAutoEncoder.builder(0, 5))
        .hasMessage(
            "StackedDenoisingAutoEncoder widths must be nIn > 0 and one or more codes > 0, got 0,"
                + " [5]");
    assertThatThrownBy(() -> StackedDenoisingAutoEncoder.builder(5))
        .hasMessageEndingWith("got 5, []");
    assertThatThrownBy(() -> StackedDenoisingAutoEncoder.builder(5, 4, 3, 2).corruption(null, null))
        .hasMessage(
            "StackedDenoisingAutoEncoder corruption must be one or one for each of 3 layers, got"
                + " 2");
    assertThatThrownBy(() -> StackedDenoisingAutoEncoder.builder(5, 4).contraction())
        .hasMessage(
            "StackedDenoisingAutoEncoder contraction must be one or one for each of 1 layers, got"
                + " 0");
    assertThatThrownBy(() -> StackedDenoisingAutoEncoder.builder(5, 4, 3, 2).sparsity(null, null))
        .hasMessage(
            "StackedDenoisingAutoEncoder sparsity must be one or one for each of 3 layers, got 2");
  }
}
