package io.github.dae4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.examples.BuiltInAutoEncoder.Result;
import io.github.dae4j.examples.data.Digits;
import io.github.dae4j.examples.data.DrawnDigits;
import io.github.dae4j.examples.data.ImageSet;
import org.junit.jupiter.api.Test;

class BuiltInAutoEncoderTest {

  @Test
  void theBuiltInLayerClimbsWhereOursFalls() {
    ImageSet drawn = DrawnDigits.draw(500, 1);
    Result result =
        BuiltInAutoEncoder.run(
            new Digits(
                "drawn digits", drawn.first(400), drawn.range(400, 450), drawn.range(450, 500)),
            1,
            1,
            unused -> {});
    assertThat(result.builtIn().get(0)).isEqualTo(result.ours().get(0));
    assertThat(result.builtIn().get(1)).isGreaterThan(10 * result.builtIn().get(0));
    assertThat(result.ours().get(1)).isLessThan(result.ours().get(0) / 2);
  }
}
