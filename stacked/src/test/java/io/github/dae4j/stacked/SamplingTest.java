package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.internal.Minibatches;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

class SamplingTest {

  private static Random random(long seed) {
    return Nd4j.getRandomFactory().getNewRandomInstance(seed);
  }

  @Test
  void theSameSeedGivesTheSameSamples() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    INDArray x = SmallStacks.data(Minibatches.ROWS + 3);
    INDArray sample = stack.sample(x, random(5));
    assertThat(sample.shape()).containsExactly(x.shape());
    assertThat(SmallStacks.exact(stack.sample(x, random(5))))
        .containsExactly(SmallStacks.exact(sample));
    assertThat(stack.sample(x, random(6))).isNotEqualTo(sample);
  }

  @Test
  void theGlobalGeneratorIsNotUsed() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    Nd4j.getRandom().setSeed(9);
    INDArray expected = Nd4j.rand(3);
    Nd4j.getRandom().setSeed(9);
    stack.sample(SmallStacks.data(4), random(5));
    assertThat(Nd4j.rand(3)).isEqualTo(expected);
  }

  /** One unit in the middle, so that a row is the decoding of 0 or of 1, with its probability. */
  @Test
  void aUnitIsOneWithTheProbabilityOfItsDecoder() {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(SmallStacks.WIDTH, 1, 4).seed(3).build();
    SmallStacks.decoder(stack, 1).getParam("vb").assign(-1);
    int rows = 20_000;
    INDArray x = SmallStacks.data(1).repeat(0, rows);
    double probability =
        SmallStacks.decoder(stack, 1).decode(stack.encode(SmallStacks.data(1))).getDouble(0);
    INDArray off = SmallStacks.decoder(stack, 0).decode(Nd4j.zeros(1, 1)).getRow(0);
    INDArray on = SmallStacks.decoder(stack, 0).decode(Nd4j.ones(1, 1)).getRow(0);

    INDArray sample = stack.sample(x, random(5));

    double mean = sample.getColumn(0).meanNumber().doubleValue();
    double share = (mean - off.getDouble(0)) / (on.getDouble(0) - off.getDouble(0));
    assertThat(probability).isBetween(0.1, 0.5);
    assertThat(share).isCloseTo(probability, within(0.015));
    for (int row = 0; row < 20; row++) {
      assertThat(sample.getRow(row)).isIn(off, on);
    }
  }

  @Test
  void aStackOfOneHasNoUnitsToDraw() {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.builder(12, 8).build();
    INDArray x = SmallStacks.data(3);
    assertThat(stack.sample(x, random(1))).isEqualTo(stack.reconstruct(x));
  }

  @Test
  void codesThatAreNoProbabilitiesAreNamed() {
    StackedDenoisingAutoEncoder tanh = SmallStacks.two().activation(Activation.TANH).build();
    assertThatThrownBy(() -> tanh.sample(SmallStacks.data(2), random(1)))
        .hasMessage(
            "sample draws codes of 0 and 1, so the encoder of layer 0 must be a sigmoid, got tanh");
    StackedDenoisingAutoEncoder hard =
        SmallStacks.of(
            SmallStacks.layer(12, 8).build(),
            SmallStacks.layer(8, 5).decoderActivation(Activation.HARDSIGMOID).build());
    assertThatThrownBy(() -> hard.sample(SmallStacks.data(2), random(1)))
        .hasMessage(
            "sample draws codes of 0 and 1, so the decoder of layer 1 must be a sigmoid, got"
                + " hardsigmoid");
  }
}
