package io.github.dae4j.stacked;

import io.github.dae4j.stacked.internal.ModelFile;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The way from the user's units to those of the network's input and back; both directions work on
 * copies.
 *
 * @param normalization null where the units are the same
 * @param features the width of rows, 0 where the first layer does not say
 * @param shaped whether the network takes examples of more dimensions than one, such as images
 */
record InputUnits(DataNormalization normalization, DataType type, long features, boolean shaped) {

  /** With a copy of the normalization: whoever fits theirs again changes nothing here. */
  InputUnits {
    if (normalization != null) {
      requireStorable(normalization);
      if (features > 0) {
        requireFitted(normalization, features);
      }
      normalization = ModelFile.copyOf(normalization);
    }
  }

  /** Another copy, null where the units are the same. */
  DataNormalization copyOfNormalization() {
    return normalization == null ? null : ModelFile.copyOf(normalization);
  }

  /** x [minibatch, nIn] of the user as the network takes it. */
  INDArray toNetwork(INDArray x) {
    requireRows(x);
    if (normalization == null) {
      return x.castTo(type);
    }
    // In FLOAT at least: in HALF the user's units may not have room, or digits, enough.
    DataType wide = x.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
    INDArray normalized = x.dataType() == wide ? x.dup() : x.castTo(wide);
    normalization.transform(normalized);
    return normalized.castTo(type);
  }

  /** The network's z [minibatch, nIn] in the user's units. */
  INDArray toUser(INDArray z) {
    if (normalization == null) {
      return z;
    }
    // In the type of the statistics: M2.1 casts them in transform, but not in revertFeatures.
    INDArray reverted = z.castTo(statisticsType());
    reverted = reverted == z ? z.dup() : reverted;
    normalization.revertFeatures(reverted);
    return type == DataType.FLOAT16 ? reverted : reverted.castTo(type);
  }

  private DataType statisticsType() {
    if (normalization instanceof NormalizerStandardize standardize) {
      return standardize.getMean().dataType();
    }
    return normalization instanceof NormalizerMinMaxScaler scaler
        ? scaler.getMin().dataType()
        : type;
  }

  private void requireRows(INDArray x) {
    boolean fits =
        x != null
            && !x.isEmpty()
            && (x.rank() == 2 ? features == 0 || x.size(1) == features : x.rank() > 2 && shaped);
    if (!fits) {
      throw new IllegalArgumentException(
          "StackedDenoisingAutoEncoder input must be [minibatch, %s], got %s"
              .formatted(
                  features > 0 ? features : "nIn", x == null ? null : Arrays.toString(x.shape())));
    }
  }

  /** Other classes would have to be read by code that a file names. */
  private static void requireStorable(DataNormalization normalization) {
    if (!(normalization instanceof NormalizerStandardize
        || normalization instanceof NormalizerMinMaxScaler
        || normalization instanceof ImagePreProcessingScaler)) {
      throw new IllegalArgumentException(
          "StackedDenoisingAutoEncoder normalization must be NormalizerStandardize,"
              + " NormalizerMinMaxScaler or ImagePreProcessingScaler, got "
              + normalization.getClass().getName());
    }
  }

  private static void requireFitted(DataNormalization normalization, long features) {
    INDArray row = Nd4j.zeros(DataType.FLOAT, 1, features);
    try {
      normalization.transform(row);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "StackedDenoisingAutoEncoder normalization must be fitted to %d features: %s"
              .formatted(features, e.getMessage()),
          e);
    }
    for (long column = 0; column < features; column++) {
      if (!Double.isFinite(row.getDouble(0, column))) { // else no cell of the column would count
        throw new IllegalArgumentException(
            "StackedDenoisingAutoEncoder normalization must be fitted to columns without missing cells"
                + " that it can scale, but makes 0 in column %d %s"
                    .formatted(column, row.getDouble(0, column)));
      }
    }
  }
}
