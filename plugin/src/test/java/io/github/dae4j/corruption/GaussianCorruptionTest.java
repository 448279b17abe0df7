package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class GaussianCorruptionTest {

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "HALF", "DOUBLE"})
  void addsNoiseOfMean0AndTheStatedStandardDeviation(DataType type) {
    INDArray clean = Minibatch.ones(1000, 1000).castTo(type);
    INDArray noise =
        new GaussianCorruption(0.25)
            .corrupt(clean, Minibatch.random(5), 0, 0)
            .values()
            .castTo(DataType.DOUBLE)
            .subi(1);
    // 6.2 standard errors: a right implementation fails once in 10^9 runs. HALF rounds by 2^-11.
    double rounding = type == DataType.FLOAT16 ? 5e-5 : 0;
    double error = 6.2 * 0.25 / 1000 + rounding;
    assertThat(noise.meanNumber().doubleValue()).isCloseTo(0, within(error));
    assertThat(noise.stdNumber().doubleValue())
        .isCloseTo(0.25, within(6.2 * 0.25 / Math.sqrt(2e6) + rounding));
    // Of a normal distribution 68.27 % lie within one standard deviation.
    INDArray inside = noise.mul(noise).lt(0.25 * 0.25).castTo(DataType.DOUBLE);
    assertThat(inside.meanNumber().doubleValue())
        .isCloseTo(0.682689, within(Minibatch.tolerance(1_000_000)));
  }
}
