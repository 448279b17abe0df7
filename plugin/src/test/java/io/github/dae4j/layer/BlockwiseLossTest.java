package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The pass over cells of FLOAT beside ND4J's operations, which DOUBLE goes by. */
class BlockwiseLossTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void onePassGivesWhatOperationsGive(long seed) {
    Random random = new Random(seed);
    List<ColumnBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      ColumnBlock.Kind kind = ColumnBlock.Kind.values()[random.nextInt(3)];
      blocks.add(new ColumnBlock(kind, 1 + random.nextInt(4)));
    }
    BlockwiseLoss loss = new BlockwiseLoss(blocks);
    int rows = 1 + random.nextInt(6);
    INDArray target = target(blocks, rows, random);
    INDArray preOutput = numbers(target, 30, random); // beyond what exp of FLOAT can take
    for (INDArray weights : new INDArray[] {null, numbers(target, 1, random)}) {
      INDArray exactWeights = weights == null ? null : weights.castTo(DataType.DOUBLE);
      INDArray exactTarget = target.castTo(DataType.DOUBLE);
      INDArray exact = preOutput.castTo(DataType.DOUBLE);
      double score = loss.score(exactTarget, exact, exactWeights);
      assertThat(loss.score(target, preOutput, weights))
          .isCloseTo(score, within(1e-5 * (1 + Math.abs(score))));
      INDArray before = preOutput.dup();
      INDArray gradient = loss.gradient(target, preOutput, weights);
      assertThat(preOutput).isEqualTo(before);
      assertThat(gradient.dataType()).isEqualTo(DataType.FLOAT);
      assertThat(gradient.shape()).isEqualTo(preOutput.shape());
      INDArray expected = loss.gradient(exactTarget, exact, exactWeights);
      for (long i = 0; i < gradient.length(); i++) {
        assertThat(gradient.getDouble(i))
            .as("cell %d of %s", i, blocks)
            .isCloseTo(expected.getDouble(i), within(1e-5 * (1 + Math.abs(expected.getDouble(i)))));
      }
    }
  }

  /** Numbers, probabilities, and one-hot blocks of which some are all 0. */
  private static INDArray target(List<ColumnBlock> blocks, int rows, Random random) {
    int width = blocks.stream().mapToInt(ColumnBlock::width).sum();
    float[][] cells = new float[rows][width];
    for (float[] row : cells) {
      int from = 0;
      for (ColumnBlock block : blocks) {
        int chosen = random.nextInt(block.width() + 1);
        for (int i = 0; i < block.width(); i++) {
          row[from + i] =
              switch (block.kind()) {
                case NUMERIC -> (float) random.nextGaussian();
                case BINARY -> random.nextFloat();
                case CATEGORICAL -> i == chosen ? 1 : 0;
              };
        }
        from += block.width();
      }
    }
    return Nd4j.createFromArray(cells);
  }

  private static INDArray numbers(INDArray like, double scale, Random random) {
    INDArray numbers = like.like();
    for (long i = 0; i < numbers.length(); i++) {
      numbers.putScalar(i, scale * random.nextGaussian());
    }
    return numbers;
  }
}
