package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ComposedCorruptionTest {

  @Test
  void appliesEachToWhatTheOneBeforeLeftAndTouchesWhatAnyTouches() {
    Corrupted corrupted =
        new ComposedCorruption(
                new PerColumnCorruption(new MaskingCorruption(1, 2), 1, 1, 0, 0),
                new PerColumnCorruption(new MaskingCorruption(1, 3), 0, 1, 1, 0))
            .corrupt(Minibatch.ones(2, 4), Minibatch.random(1), 0, 0);
    assertThat(corrupted.values())
        .isEqualTo(Nd4j.createFromArray(new float[][] {{2, 3, 3, 1}, {2, 3, 3, 1}}));
    assertThat(corrupted.touched())
        .isEqualTo(Nd4j.createFromArray(new float[][] {{1, 1, 1, 0}, {1, 1, 1, 0}}));
  }

  @Test
  void tellsEachOfItsCorruptionsTheWidth() {
    Corruption corruption =
        new ComposedCorruption(new MaskingCorruption(0.5), new PerColumnCorruption(0.5, 0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corruption.validateFor(3))
        .withMessage("PerColumnCorruption has 2 levels but the input has 3 features");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> new ComposedCorruption(new NoCorruption(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ComposedCorruption corruptions[1] must be given");
    assertThatThrownBy(() -> new ComposedCorruption((Corruption[]) null))
        .hasMessage("ComposedCorruption corruptions must be given");
    assertThatThrownBy(() -> new PerColumnCorruption(Arrays.asList(0.1, null), null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PerColumnCorruption levels[1] must be given");
    assertThatThrownBy(() -> new PerColumnCorruption((double[]) null))
        .hasMessage("PerColumnCorruption levels must be given");
  }

  @Test
  void needsSomethingToCompose() {
    assertThatIllegalArgumentException()
        .isThrownBy(ComposedCorruption::new)
        .withMessage("ComposedCorruption corruptions must be given");
  }
}
