package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ReusedArraysTest {

  private final List<INDArray> between = new ArrayList<>();

  private INDArray filled(double number) {
    INDArray array = ReusedArrays.matrix(3, 5);
    between.add(array);
    return array.assign(number);
  }

  @Test
  void whatLiesBetweenIsUsedAgainAndTheResultIsNot() {
    INDArray first = ReusedArrays.within(() -> filled(1).add(filled(2)));
    INDArray second = ReusedArrays.within(() -> filled(3).addi(filled(4)));
    INDArray third = ReusedArrays.within(() -> filled(5).addi(filled(6)));
    assertThat(between.get(2)).isIn(between.get(0), between.get(1));
    assertThat(first.meanNumber().doubleValue()).isEqualTo(3);
    assertThat(second.meanNumber().doubleValue()).isEqualTo(7);
    assertThat(third.meanNumber().doubleValue()).isEqualTo(11);
  }

  @Test
  void aResultInAnotherShapeStaysToo() {
    INDArray result = ReusedArrays.within(() -> filled(1).reshape(15));
    ReusedArrays.within(() -> filled(2));
    assertThat(result.meanNumber().doubleValue()).isEqualTo(1);
  }

  @Test
  void theResultOfAnInnerComputationServesTheOuterOneAlone() {
    for (int call = 0; call < 2; call++) {
      double sum =
          ReusedArrays.within(
              () -> {
                INDArray inner = ReusedArrays.within(() -> filled(1));
                INDArray other = ReusedArrays.within(() -> filled(2));
                return inner.add(other).meanNumber().doubleValue();
              });
      assertThat(sum).isEqualTo(3);
    }
    assertThat(between.subList(2, 4)).containsExactlyInAnyOrderElementsOf(between.subList(0, 2));
  }

  @Test
  void codeOfOthersMayKeepWhatItGets() {
    List<INDArray> kept = new ArrayList<>();
    for (int call = 0; call < 2; call++) {
      int number = call;
      ReusedArrays.within(
          () -> ReusedArrays.without(() -> kept.add(ReusedArrays.within(() -> filled(number)))));
      ReusedArrays.without(() -> kept.add(filled(number + 10)));
    }
    assertThat(kept)
        .extracting(array -> array.meanNumber().intValue())
        .containsExactly(0, 10, 1, 11);
  }

  @Test
  void partsShareArraysAndAFailureGivesThemBack() {
    Runnable fails =
        () -> {
          filled(1);
          throw new IllegalStateException("on the way");
        };
    for (int call = 0; call < 2; call++) {
      assertThatThrownBy(
              () ->
                  ReusedArrays.within(
                      () -> {
                        ReusedArrays.part(() -> filled(1));
                        ReusedArrays.part(fails);
                        return null;
                      }))
          .hasMessage("on the way");
    }
    assertThat(between).hasSize(4).allMatch(array -> array == between.get(0));
    assertThat(ReusedArrays.matrix(3, 5)).isNotSameAs(between.get(0));
  }

  @Test
  void threadsShareNone() {
    ReusedArrays.within(() -> filled(1).sumNumber());
    CompletableFuture.runAsync(() -> ReusedArrays.within(() -> filled(2).sumNumber())).join();
    assertThat(between.get(1)).isNotSameAs(between.get(0));
  }
}
