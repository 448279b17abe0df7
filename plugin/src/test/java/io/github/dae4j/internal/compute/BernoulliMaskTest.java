package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** Against the draws of ND4J's own operation. */
class BernoulliMaskTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.5, 3",
    "20, 784, 0.7, 1",
    "7, 333, 0.1, -5",
    "300, 100, 0.999, 123456789012345",
    "3, 2000, 1, 8",
    "2, 1024, 1e-7, 8"
  })
  void drawsAsNd4jAndMovesTheGeneratorAsFar(int n, int columns, double keep, long seed) {
    Random theirs = Nd4j.getRandomFactory().getNewRandomInstance(seed);
    Random ours = Nd4j.getRandomFactory().getNewRandomInstance(seed);
    INDArray clean = Nd4j.rand(DataType.FLOAT, n, columns).subi(0.5);
    assertThat(BernoulliMask.suit(clean, ours)).isTrue();
    for (int repeat = 0; repeat < 3; repeat++) {
      INDArray kept = Nd4j.create(DataType.FLOAT, n, columns);
      Nd4j.getExecutioner().exec(new BernoulliDistribution(kept, keep), theirs);
      INDArray values = Nd4j.create(DataType.FLOAT, n, columns);
      INDArray touched = Nd4j.create(DataType.FLOAT, n, columns);
      try (ParallelLoop helpers = ParallelLoop.of(1 + repeat)) {
        assertThat(helpers).isNotNull();
        BernoulliMask masks = BernoulliMask.draw(clean, keep, ours);
        masks.mask(0, values);
        masks.mark(touched);
      }
      assertThat(touched.data().asFloat()).containsExactly(kept.rsub(1).data().asFloat());
      assertThat(values.data().asFloat()).containsExactly(clean.mul(kept).add(0f).data().asFloat());
      assertThat(ours.rootState()).isEqualTo(theirs.rootState());
      assertThat(ours.nodeState()).isEqualTo(theirs.nodeState());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 40"})
  void noneStaysOrAll(double keep, int stay) {
    INDArray clean = Nd4j.valueArrayOf(new long[] {4, 10}, Float.NaN, DataType.FLOAT);
    INDArray values = clean.ulike();
    INDArray touched = clean.ulike();
    for (int seed = 0; seed < 50; seed++) {
      BernoulliMask masks =
          BernoulliMask.draw(clean, keep, Nd4j.getRandomFactory().getNewRandomInstance(seed));
      masks.mask(0, values);
      masks.mark(touched);
      assertThat(touched.sumNumber().intValue()).isEqualTo(40 - stay);
      assertThat(values.data().asFloat()).containsOnly(stay == 0 ? 0 : Float.NaN);
    }
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE", "HALF"})
  void otherTypesAreNotForIt(DataType type) {
    assertThat(BernoulliMask.suit(Nd4j.create(type, 2, 3), Nd4j.getRandom())).isFalse();
  }
}
