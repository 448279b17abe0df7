package io.github.dae4j.stacked.anomaly;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.ModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/** A detector as bytes: mark, version, number of features, threshold, medians, spreads. */
final class StoredDetector {

  static final long MARK = 0x64616534616e6f6dL; // "dae4anom"
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = Long.BYTES + 2 * Integer.BYTES + Double.BYTES;

  private StoredDetector() {}

  static byte[] bytes(ErrorScale scale, double threshold) {
    ByteBuffer bytes = ByteBuffer.allocate(size(scale.features()));
    bytes.putLong(MARK).putInt(VERSION).putInt(scale.features()).putDouble(threshold);
    bytes.asDoubleBuffer().put(scale.medians()).put(scale.spreads());
    return bytes.array();
  }

  private static int size(long features) {
    return Math.toIntExact(HEADER_BYTES + 2 * features * Double.BYTES);
  }

  /**
   * Reads it.
   *
   * @throws IOException saying what is wrong with the attachment
   */
  static AnomalyDetector read(ModelFile.Attached<StackedDenoisingAutoEncoder> model)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(model.attachment());
    if (bytes.remaining() < HEADER_BYTES || bytes.getLong() != MARK) {
      throw new IOException("what it keeps with the model is no detector");
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new IOException("its detector's version is %d, not %d".formatted(version, VERSION));
    }
    int features = bytes.getInt();
    double threshold = bytes.getDouble();
    require(model, features, threshold);
    double[] medians = new double[features];
    double[] spreads = new double[features];
    bytes.asDoubleBuffer().get(medians).get(spreads);
    return new AnomalyDetector(model.model(), new ErrorScale(medians, spreads), threshold);
  }

  private static void require(
      ModelFile.Attached<StackedDenoisingAutoEncoder> model, int features, double threshold)
      throws IOException {
    Layer first = model.model().network().getLayerWiseConfigurations().getConf(0).getLayer();
    if (first instanceof FeedForwardLayer layer && layer.getNIn() != features) {
      throw new IOException(
          "its detector is for %d features, its model for %d".formatted(features, layer.getNIn()));
    }
    if (features < 1 || model.attachment().length != HEADER_BYTES + 2L * features * Double.BYTES) {
      throw new IOException(
          "its detector for %d features has %d bytes"
              .formatted(features, model.attachment().length));
    }
    if (!Double.isFinite(threshold)) {
      throw new IOException("its detector's threshold must be finite, got " + threshold);
    }
  }
}
