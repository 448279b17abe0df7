package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The rule of workers, minibatches and momentum, and what follows from it. */
class RoundsTest {

  private static Rounds of(int workers, int batch, long rows) {
    return Rounds.of(workers, batch, rows, 3136, 0, Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 16, 32, 64, 500})
  void theRuleHolds(int workers) {
    for (int batch : new int[] {1, 5, 20, 128}) {
      Rounds rounds = of(workers, batch, 50_000);
      double product = workers * rounds.minibatch() * (1 - rounds.momentum());
      assertThat(product).as("%d, %s", batch, rounds).isCloseTo(batch, within(1e-9));
    }
  }

  /** As the table of the documentation has it. */
  @ParameterizedTest
  @CsvSource({
    "1, 20, 0, 20",
    "2, 10, 0, 20",
    "8, 5, 0.5, 20",
    "16, 5, 0.75, 20",
    "32, 2, 0.6875, 40"
  })
  void onDigits(int workers, int minibatch, double momentum, int perEpoch) {
    assertThat(of(workers, 20, 50_000))
        .isEqualTo(new Rounds(workers, perEpoch, minibatch, momentum));
  }

  @Test
  void roundsFollowRowsAndMemory() {
    assertThat(of(2, 20, 100).perEpoch()).isEqualTo(1);
    assertThat(of(2, 20, 10_000_000).perEpoch()).as("slices of 64 MB").isEqualTo(233);
    assertThat(Rounds.of(2, 20, 10_000_000, 40, 0, Double.NaN).perEpoch()).isEqualTo(50);
    assertThat(Rounds.of(2, 20, 100, 40, 7, 0.5)).isEqualTo(new Rounds(2, 7, 20, 0.5));
  }

  @Test
  void anEpochHasEverySliceOnceAndARoundOneOfEachWorker() {
    Rounds rounds = new Rounds(3, 4, 5, 0);
    assertThat(epoch(rounds, 0).stream().flatMapToInt(Arrays::stream))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    for (int[] round : epoch(rounds, 0)) {
      assertThat(Arrays.stream(round).map(rounds::worker)).containsExactly(0, 1, 2);
      assertThat(round[2] - round[0]).as("neighbours").isEqualTo(2);
    }
    assertThat(List.of(epoch(rounds, 1), epoch(rounds, 2)))
        .as("an order of each epoch's own")
        .anySatisfy(other -> assertThat(other.get(0)[0]).isNotEqualTo(epoch(rounds, 0).get(0)[0]));
  }

  private static List<int[]> epoch(Rounds rounds, int epoch) {
    return IntStream.range(0, rounds.perEpoch())
        .mapToObj(round -> rounds.slices(round, 1, 0, epoch))
        .toList();
  }

  /** Rows without a label have no error: they must not make the mean smaller. */
  @Test
  void errorsAreMeansOverRowsWithALabel() {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(1, 1)
            .output(
                new OutputLayer.Builder(LossFunction.MSE)
                    .nIn(1)
                    .nOut(1)
                    .activation(Activation.IDENTITY)
                    .build())
            .dataType(DataType.FLOAT)
            .seed(1)
            .build();
    TuningWork work =
        new TuningWork(
            stack.network().getLayerWiseConfigurations().toJson(),
            1,
            1,
            0,
            new Rounds(2, 1, 5, 0),
            1);
    float[] weights = stack.network().params().toFloatVector();
    Slice labelled = new Slice(2, new float[] {0.5f, 100});
    Slice mixed = new Slice(2, new float[] {0.5f, Float.NaN, 0.5f, 100, 0.5f, Float.NaN});
    Slice none = new Slice(2, new float[] {0.5f, Float.NaN});
    double error = new LocalWorkers(new Slice[0], new Slice[] {labelled}).error(work, weights);
    assertThat(error).isGreaterThan(1_000);
    assertThat(new LocalWorkers(new Slice[0], new Slice[] {none, mixed}).error(work, weights))
        .isEqualTo(error);
    assertThat(new LocalWorkers(new Slice[0], new Slice[] {none}).error(work, weights)).isNaN();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Rounds(0, 1, 1, 0)).hasMessageContaining("got 0, 1, 1, 0.0");
    assertThatThrownBy(() -> new Rounds(1, 1, 1, 1)).hasMessageContaining("[0, 1)");
    assertThatThrownBy(() -> new Rounds(1, 1, 1, Double.NaN)).hasMessageContaining("NaN");
  }

  /** Averages are weighted by rows, in double, whatever the order in which they come. */
  @Test
  void averages() {
    Share one = new Share(1, 1, 2, 5, new float[] {1, 0}, new float[] {4});
    Share three = new Share(0, 3, 6, 7, new float[] {5, 4}, new float[] {8});
    Share none = new Share(2, 0, 0, 0, new float[0], new float[0]);
    Averages mean = Averages.of(one, none, three);
    assertThat(mean.weights()).containsExactly(4, 3);
    assertThat(mean.updater()).containsExactly(7);
    assertThat(mean.rows()).isEqualTo(4);
    assertThat(mean.lossSum()).isEqualTo(8);
    assertThat(mean.iterations()).isEqualTo(7);
    assertThat(Averages.of(none).weights()).isEmpty();
  }

  /** Chen and Huo's equations, by hand. */
  @Test
  void momentum() {
    BlockMomentum first = BlockMomentum.from(0.5, new float[] {1});
    assertThat(first.start()).containsExactly(1);
    BlockMomentum second = first.after(new float[] {1}, new float[] {3}); // v = 2, w = 3
    assertThat(second.weights()).containsExactly(3);
    assertThat(second.start()).containsExactly(4); // 3 + 0.5 x 2
    BlockMomentum third = second.after(new float[] {4}, new float[] {5}); // v = 1 + 1, w = 5
    assertThat(third.weights()).containsExactly(5);
    assertThat(third.velocity()).containsExactly(2);
  }
}
