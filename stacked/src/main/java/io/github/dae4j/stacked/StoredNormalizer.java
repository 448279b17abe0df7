package io.github.dae4j.stacked;

import java.io.DataInputStream;
import java.io.IOException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;

/**
 * A normalizer as ND4J's {@code NormalizerSerializer} (version 1) stores it.
 *
 * <p>Read here, because that class instantiates whatever class the header of a {@code CUSTOM} one
 * names, and takes a stream that does not start with its header for a serialized Java object.
 */
final class StoredNormalizer {

  private StoredNormalizer() {}

  /** Reads one of the three that {@link InputUnits} takes from at most {@code size} bytes. */
  static DataNormalization read(DataInputStream in, long size) throws IOException {
    String magic = in.readUTF();
    int version = in.readInt();
    if (!magic.equals("NORMALIZER") || version != 1) {
      throw new IOException("its normalizer is not in ND4J's format, version 1");
    }
    String type = in.readUTF();
    return switch (type) {
      case "STANDARDIZE" -> standardize(in, size);
      case "MIN_MAX" -> minMax(in, size);
      case "IMAGE_MIN_MAX" -> image(in);
      default ->
          throw new IOException(
              "its normalizer must be STANDARDIZE, MIN_MAX or IMAGE_MIN_MAX, got " + type);
    };
  }

  private static NormalizerStandardize standardize(DataInputStream in, long size)
      throws IOException {
    boolean fitLabel = in.readBoolean();
    INDArray mean = StoredVector.read(in, size);
    NormalizerStandardize normalizer = new NormalizerStandardize(mean, StoredVector.read(in, size));
    normalizer.fitLabel(fitLabel);
    if (fitLabel) {
      INDArray labelMean = StoredVector.read(in, size);
      normalizer.setLabelStats(labelMean, StoredVector.read(in, size));
    }
    return normalizer;
  }

  private static NormalizerMinMaxScaler minMax(DataInputStream in, long size) throws IOException {
    boolean fitLabel = in.readBoolean();
    double targetMin = in.readDouble();
    NormalizerMinMaxScaler normalizer = new NormalizerMinMaxScaler(targetMin, in.readDouble());
    normalizer.fitLabel(fitLabel);
    INDArray min = StoredVector.read(in, size);
    normalizer.setFeatureStats(min, StoredVector.read(in, size));
    if (fitLabel) {
      INDArray labelMin = StoredVector.read(in, size);
      normalizer.setLabelStats(labelMin, StoredVector.read(in, size));
    }
    return normalizer;
  }

  private static ImagePreProcessingScaler image(DataInputStream in) throws IOException {
    double min = in.readDouble();
    ImagePreProcessingScaler normalizer = new ImagePreProcessingScaler(min, in.readDouble());
    normalizer.setMaxPixelVal(in.readDouble());
    return normalizer;
  }
}
