package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.ExactMaskingCorruption;
import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.SaltAndPepperCorruption;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** A setting that FLOAT would make infinite or 0 is refused where it is made. */
class FloatRangeTest {

  static Stream<Arguments> settings() {
    String layer = "DenoisingAutoEncoder ";
    return Stream.of(
        of("MaskingCorruption fill", value -> new MaskingCorruption(0.1, value)),
        of("ExactMaskingCorruption fill", value -> new ExactMaskingCorruption(0.1, value)),
        of("SaltAndPepperCorruption max", value -> new SaltAndPepperCorruption(0.1, -1, value)),
        of("SaltAndPepperCorruption min", value -> new SaltAndPepperCorruption(0.1, value, 1)),
        of("GaussianCorruption standardDeviation", GaussianCorruption::new),
        of(layer + "visibleBiasInit", value -> Small.layer().visibleBiasInit(value).build()),
        of(layer + "denoisingWeight", value -> Small.layer().denoisingWeight(value).build()),
        of(layer + "contraction", value -> Small.layer().contraction(value).build()),
        of(layer + "sparsity weight", value -> Small.layer().sparsity(0.1, value).build()),
        of(layer + "emphasis on corrupted cells", value -> new Emphasis(value, 1)),
        of(layer + "emphasis on untouched cells", value -> new Emphasis(1, value)),
        of(layer + "learning rate of Sgd", value -> network(new Sgd(value), DataType.FLOAT)),
        of(layer + "learning rate of Adam", value -> network(new Adam(value), DataType.FLOAT)),
        of(
            layer + "learning rate of Nesterovs",
            value ->
                network(
                    new Nesterovs(new ExponentialSchedule(ScheduleType.EPOCH, value, 0.9)),
                    DataType.FLOAT)));
  }

  private static Arguments of(String parameter, DoubleFunction<Object> maker) {
    return Arguments.of(parameter, maker);
  }

  private static MultiLayerNetwork network(IUpdater updater, DataType type) {
    return Small.network(Small.settings().updater(updater).dataType(type), Small.layer().build());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whatFloatCannotHoldIsRefused(String parameter, DoubleFunction<Object> maker) {
    assertThatThrownBy(() -> maker.apply(1e39))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            parameter
                + " must be a number that FLOAT can hold, got 1.0E39, which is Infinity there");
    assertThatThrownBy(() -> maker.apply(1e-50))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            parameter + " must be a number that FLOAT can hold, got 1.0E-50, which is 0.0 there");
    assertThat(maker.apply(0.25)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aRateIsFinite(double rate) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      assertThatThrownBy(() -> network(new Sgd(rate), type))
          .hasMessage("DenoisingAutoEncoder learning rate of Sgd must be finite, got " + rate);
    }
  }

  @Test
  void doubleHoldsMore() {
    assertThat(network(new Sgd(1e-50), DataType.DOUBLE).numParams()).isPositive();
  }
}
