package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.internal.compute.RowLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The sum of the losses of neighbouring blocks: row by row in the fused kernels of a step, else by
 * ND4J's operations, for all blocks of a kind at once.
 */
record BlockwiseLoss(List<ColumnBlock> blocks) implements ReconstructionLoss, RowLoss {

  /** Below it, e is log(1 + e) in DOUBLE, to its square. */
  private static final double LITTLE = 1e-8;

  @Override
  public double score(INDArray target, INDArray preOutput, INDArray weights) {
    if (isInReach(target, preOutput, weights)) {
      return byRows(target, preOutput.dup('c'), weights);
    }
    INDArray cells = perFeature(target, preOutput);
    if (weights != null) {
      cells.muli(weights.castTo(cells.dataType()));
    }
    return cells.sumNumber().doubleValue();
  }

  @Override
  public INDArray gradient(INDArray target, INDArray preOutput, INDArray weights) {
    if (isInReach(target, preOutput, weights)) {
      INDArray gradient = preOutput.dup('c');
      byRows(target, gradient, weights);
      return gradient;
    }
    INDArray a = summable(preOutput);
    INDArray x = target.castTo(a.dataType());
    INDArray w = weights == null ? null : weights.castTo(a.dataType());
    return ofKinds(
            kind ->
                kind.gradient(
                    part(x, kind), part(a, kind), w == null ? null : part(w, kind), widths(kind)))
        .castTo(preOutput.dataType());
  }

  private static boolean isInReach(INDArray target, INDArray preOutput, INDArray weights) {
    return HostMemory.holdsRows(target)
        && HostMemory.holdsRows(preOutput)
        && (weights == null || HostMemory.holdsRows(weights));
  }

  /** The loss; the pre-outputs become its derivatives. */
  private double byRows(INDArray target, INDArray preOutput, INDArray weights) {
    INDArray noBias = Nd4j.create(DataType.FLOAT, 1, preOutput.size(1));
    INDArray sums = noBias.dup();
    return new FusedKernels().loss(this, preOutput, noBias, target, weights, 0, sums);
  }

  @Override
  public double derive(float[] a, float[] x, float[] weights) {
    double sum = 0;
    int from = 0;
    for (ColumnBlock block : blocks) {
      int to = from + block.width();
      sum +=
          switch (block.kind()) {
            case NUMERIC -> numeric(a, x, weights, from, to);
            case BINARY -> binary(a, x, weights, from, to);
            case CATEGORICAL -> categorical(a, x, weights, from, to);
          };
      from = to;
    }
    return sum;
  }

  private static double numeric(float[] a, float[] x, float[] weights, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      float difference = a[i] - x[i];
      float weighted = weight(weights, i) * difference;
      sum += weighted * difference;
      a[i] = 2 * weighted;
    }
    return sum;
  }

  private static double binary(float[] a, float[] x, float[] weights, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double e = Math.exp(-Math.abs(a[i]));
      double log = e < LITTLE ? e : Math.log(1 + e);
      sum += weight(weights, i) * (Math.max(a[i], 0) - a[i] * x[i] + log);
      double sigmoid = (a[i] < 0 ? e : 1) / (1 + e);
      a[i] = (float) (weight(weights, i) * (sigmoid - x[i]));
    }
    return sum;
  }

  /** Past the block's maximum, so that nothing overflows. */
  private static double categorical(float[] a, float[] x, float[] weights, int from, int to) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      most = Math.max(most, a[i]);
    }
    double target = 0;
    double below = 0;
    double exponentials = 0;
    for (int i = from; i < to; i++) {
      float weighted = weight(weights, i) * x[i];
      target += weighted;
      below += weighted * (most - a[i]);
      a[i] = (float) Math.exp(a[i] - most);
      exponentials += a[i];
    }
    double share = target / exponentials;
    for (int i = from; i < to; i++) {
      a[i] = (float) (a[i] * share - weight(weights, i) * x[i]);
    }
    return below + target * Math.log(exponentials);
  }

  private static float weight(float[] weights, int i) {
    return weights == null ? 1 : weights[i];
  }

  @Override
  public boolean takes(float[] x) {
    float excess = 0;
    int from = 0;
    for (ColumnBlock block : blocks) {
      boolean isNumber = block.kind() == ColumnBlock.Kind.NUMERIC;
      for (int i = from; i < from + block.width(); i++) {
        float product = isNumber ? 0 * x[i] : x[i] * (1 - x[i]);
        excess += product - Math.abs(product);
      }
      from += block.width();
    }
    return excess == 0;
  }

  @Override
  public INDArray perExample(INDArray target, INDArray preOutput) {
    return perFeature(target, preOutput).sum(1);
  }

  @Override
  public INDArray perFeature(INDArray target, INDArray preOutput) {
    INDArray a = summable(preOutput);
    INDArray x = target.castTo(a.dataType());
    return ofKinds(kind -> kind.cells(part(x, kind), part(a, kind), widths(kind)));
  }

  /** The features to be expected [minibatch, width], in the type of the pre-output. */
  INDArray expected(INDArray preOutput) {
    INDArray a = summable(preOutput);
    return ofKinds(kind -> kind.expected(part(a, kind), widths(kind))).castTo(preOutput.dataType());
  }

  private static INDArray summable(INDArray preOutput) {
    return preOutput.castTo(SigmoidCrossEntropy.sumType(preOutput.dataType()));
  }

  /** Results for the features of each kind, in the order of all features. */
  private INDArray ofKinds(Function<ColumnBlock.Kind, INDArray> part) {
    List<INDArray> parts = new ArrayList<>();
    List<Integer> features = new ArrayList<>();
    for (ColumnBlock.Kind kind : ColumnBlock.Kind.values()) {
      int[] ofKind = features(kind::equals);
      if (ofKind.length > 0) {
        parts.add(part.apply(kind));
        Arrays.stream(ofKind).forEach(features::add);
      }
    }
    int[] places = new int[features.size()];
    for (int place = 0; place < places.length; place++) {
      places[features.get(place)] = place;
    }
    return Nd4j.pullRows(Nd4j.concat(1, parts.toArray(INDArray[]::new)), 0, places);
  }

  private INDArray part(INDArray matrix, ColumnBlock.Kind kind) {
    return Nd4j.pullRows(matrix, 0, features(kind::equals));
  }

  private int[] features(Predicate<ColumnBlock.Kind> kinds) {
    IntStream.Builder features = IntStream.builder();
    int from = 0;
    for (ColumnBlock block : blocks) {
      int to = from + block.width();
      if (kinds.test(block.kind())) {
        IntStream.range(from, to).forEach(features);
      }
      from = to;
    }
    return features.build().toArray();
  }

  private int[] widths(ColumnBlock.Kind kind) {
    return blocks.stream()
        .filter(block -> block.kind() == kind)
        .mapToInt(ColumnBlock::width)
        .toArray();
  }

  /**
   * Checks that x is a probability in each cell but those of numbers; NaN passes.
   *
   * @param layerId where, for the message
   * @throws DL4JInvalidInputException naming the first feature that is not
   */
  void requireTarget(INDArray x, String layerId) {
    int[] features = features(kind -> kind != ColumnBlock.Kind.NUMERIC);
    if (HostMemory.holdsRows(x) && areProbabilities(HostMemory.copy(x), features)) {
      return;
    }
    if (features.length > 0 && !isProbability(Nd4j.pullRows(x, 0, features))) {
      int first =
          Arrays.stream(features)
              .filter(feature -> !isProbability(x.getColumn(feature)))
              .findFirst()
              .orElseThrow();
      throw new DL4JInvalidInputException(
          "DenoisingAutoEncoder input must be in [0, 1] in binary and categorical columns, got values"
              + " from %s to %s in feature %d %s"
                  .formatted(
                      x.getColumn(first).minNumber(),
                      x.getColumn(first).maxNumber(),
                      first,
                      layerId));
    }
  }

  private boolean areProbabilities(float[] x, int[] features) {
    int width = blocks.stream().mapToInt(ColumnBlock::width).sum();
    for (int row = 0; row < x.length; row += width) {
      for (int feature : features) {
        if (x[row + feature] < 0 || x[row + feature] > 1) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isProbability(INDArray x) {
    return !(x.minNumber().doubleValue() < 0 || x.maxNumber().doubleValue() > 1);
  }
}
