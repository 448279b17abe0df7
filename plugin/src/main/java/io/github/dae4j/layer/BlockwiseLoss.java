package io.github.dae4j.layer;

import java.util.List;
import java.util.function.BiFunction;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The sum of the losses of neighbouring blocks, each on its own part of the pre-output. */
record BlockwiseLoss(List<ColumnBlock> blocks) implements ReconstructionLoss {

  @Override
  public double score(INDArray target, INDArray preOutput, INDArray weights) {
    INDArray cells = perFeature(target, preOutput);
    if (weights != null) {
      cells.muli(weights.castTo(cells.dataType()));
    }
    return cells.sumNumber().doubleValue();
  }

  @Override
  public INDArray gradient(INDArray target, INDArray preOutput, INDArray weights) {
    INDArray a = summable(preOutput);
    INDArray x = target.castTo(a.dataType());
    INDArray w = weights == null ? null : weights.castTo(a.dataType());
    return eachBlock(
            a,
            (block, columns) ->
                block
                    .kind()
                    .gradient(
                        part(x, columns), part(a, columns), w == null ? null : part(w, columns)))
        .castTo(preOutput.dataType());
  }

  @Override
  public INDArray perExample(INDArray target, INDArray preOutput) {
    return perFeature(target, preOutput).sum(1);
  }

  @Override
  public INDArray perFeature(INDArray target, INDArray preOutput) {
    INDArray a = summable(preOutput);
    INDArray x = target.castTo(a.dataType());
    return eachBlock(a, (block, columns) -> block.kind().cells(part(x, columns), part(a, columns)));
  }

  /** The features to be expected [minibatch, width], in the type of the pre-output. */
  INDArray expected(INDArray preOutput) {
    INDArray a = summable(preOutput);
    return eachBlock(a, (block, columns) -> block.kind().expected(part(a, columns)))
        .castTo(preOutput.dataType());
  }

  /**
   * Checks that x is a probability in each cell but those of numbers; NaN passes.
   *
   * @param layerId where, for the message
   * @throws DL4JInvalidInputException naming the features of the first block that is not
   */
  void requireTarget(INDArray x, String layerId) {
    int from = 0;
    for (ColumnBlock block : blocks) {
      int to = from + block.width();
      if (block.kind() != ColumnKind.NUMERIC) {
        requireProbabilities(part(x, NDArrayIndex.interval(from, to)), from, layerId);
      }
      from = to;
    }
  }

  private static void requireProbabilities(INDArray x, int from, String layerId) {
    double min = x.minNumber().doubleValue();
    double max = x.maxNumber().doubleValue();
    if (min < 0 || max > 1) {
      throw new DL4JInvalidInputException(
          "DenoisingAutoEncoder input must be in [0, 1] in binary and categorical columns, got values"
              + " from %s to %s in features %d to %d %s"
                  .formatted(min, max, from, from + x.size(1) - 1, layerId));
    }
  }

  private INDArray eachBlock(INDArray a, BiFunction<ColumnBlock, INDArrayIndex, INDArray> part) {
    INDArray result = a.ulike();
    int from = 0;
    for (ColumnBlock block : blocks) {
      INDArrayIndex columns = NDArrayIndex.interval(from, from + block.width());
      result.get(NDArrayIndex.all(), columns).assign(part.apply(block, columns));
      from += block.width();
    }
    return result;
  }

  /** A copy, because what is one column wide, or one row high, must stay a matrix of its own. */
  private static INDArray part(INDArray matrix, INDArrayIndex columns) {
    return matrix.get(NDArrayIndex.all(), columns).dup('c');
  }

  private static INDArray summable(INDArray preOutput) {
    return preOutput.castTo(SigmoidCrossEntropy.sumType(preOutput.dataType()));
  }
}
