package io.github.dae4j.stacked;

import io.github.dae4j.internal.file.WholeFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model in the format of DL4J's {@code ModelSerializer}, which is used neither way: its reader
 * deserializes any Java object in {@code preprocessor.bin} and instantiates the class that a
 * normalizer names, and its writer fails once a normalizer has closed the stream under it.
 */
final class ModelFile {

  private ModelFile() {}

  /**
   * Writes a model.
   *
   * @param attachment what another package keeps with it; null for nothing
   */
  static void write(
      Path file,
      PretrainableNetwork network,
      DataNormalization normalization,
      boolean saveUpdater,
      byte[] attachment)
      throws IOException {
    String json = readable(network, file);
    INDArray updaterState =
        saveUpdater && !isFrozenForAWhile(network)
            ? network.getUpdater().getStateViewArray()
            : null;
    WholeFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          entry(zip, ModelSerializer.CONFIGURATION_JSON, json.getBytes(StandardCharsets.UTF_8));
          entry(zip, ModelSerializer.COEFFICIENTS_BIN, network.params());
          if (updaterState != null && !updaterState.isEmpty()) {
            entry(zip, ModelSerializer.UPDATER_BIN, updaterState);
          }
          if (normalization != null) {
            entry(zip, ModelSerializer.NORMALIZER_BIN, bytes(normalization));
          }
          if (attachment != null) {
            entry(zip, ModelEntries.ATTACHMENT_BIN, attachment);
          }
          zip.finish();
        });
  }

  /** The configuration as JSON, if it can be read back: better none than a file that cannot. */
  private static String readable(PretrainableNetwork network, Path file) throws IOException {
    String json = network.getLayerWiseConfigurations().toJson();
    try {
      MultiLayerConfiguration.fromJson(json);
      return json;
    } catch (RuntimeException e) {
      throw new IOException(
          "Cannot write %s: the configuration cannot be read back: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Whether layers are frozen in this run alone; the updater then has no state for them. */
  private static boolean isFrozenForAWhile(PretrainableNetwork network) {
    return Arrays.stream(network.getLayers())
        .anyMatch(
            layer ->
                layer instanceof FrozenLayer
                    && !(layer.conf().getLayer()
                        instanceof org.deeplearning4j.nn.conf.layers.misc.FrozenLayer));
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(timeless(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static void entry(ZipOutputStream zip, String name, INDArray content) throws IOException {
    zip.putNextEntry(timeless(name));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip));
    Nd4j.write(content, out);
    out.flush();
    zip.closeEntry();
  }

  /** The same model is the same file, whenever it is written. */
  private static ZipEntry timeless(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  private static byte[] bytes(DataNormalization normalization) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NormalizerSerializer.getDefault().write(normalization, bytes);
    return bytes.toByteArray();
  }

  static StackedDenoisingAutoEncoder read(Path file) throws IOException {
    return read(file, ModelFile::stack);
  }

  /** The model with what another package keeps with it, which must be there. */
  static AttachedModel readAttached(Path file) throws IOException {
    return read(
        file,
        entries -> new AttachedModel(stack(entries), entries.bytes(ModelEntries.ATTACHMENT_BIN)));
  }

  /** Reads something from the entries of a file. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(ModelEntries entries) throws IOException;
  }

  /** The network alone, of a model or of a network that DL4J has saved. */
  static PretrainableNetwork readNetwork(Path file, boolean loadUpdater) throws IOException {
    return read(file, entries -> network(entries, loadUpdater));
  }

  private static <T> T read(Path file, Reader<T> reader) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no model to load");
    }
    try (ModelEntries entries = new ModelEntries(file)) {
      return reader.read(entries);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot load %s: expected a model that StackedDenoisingAutoEncoder has saved, but %s"
              .formatted(file, reason(e)),
          e);
    }
  }

  private static StackedDenoisingAutoEncoder stack(ModelEntries entries) throws IOException {
    return StackedDenoisingAutoEncoder.of(network(entries, true), normalization(entries));
  }

  private static PretrainableNetwork network(ModelEntries entries, boolean loadUpdater)
      throws IOException {
    PretrainableNetwork network = network(entries);
    if (loadUpdater && entries.has(ModelSerializer.UPDATER_BIN)) {
      INDArray state = entries.read(ModelSerializer.UPDATER_BIN, StoredVector::read);
      network.getUpdater().setStateViewArray(network, state, false);
    }
    return network;
  }

  private static PretrainableNetwork network(ModelEntries entries) throws IOException {
    ModelConfiguration configuration =
        ModelConfiguration.read(entries.bytes(ModelSerializer.CONFIGURATION_JSON));
    MultiLayerConfiguration conf = configuration.conf();
    INDArray params = entries.read(ModelSerializer.COEFFICIENTS_BIN, StoredVector::read);
    long count = Parameters.count(conf);
    if (params.length() != count || params.dataType() != conf.getDataType()) {
      throw new IOException(
          "its configuration asks for %d parameters in %s where it has %d in %s"
              .formatted(count, conf.getDataType(), params.length(), params.dataType()));
    }
    requireFinite(params);
    PretrainableNetwork network = new PretrainableNetwork(conf);
    network.init(params, false);
    configuration.restoreCounts(network);
    return network;
  }

  private static void requireFinite(INDArray params) throws IOException {
    for (long i = 0; i < params.length(); i++) {
      double value = params.data().getDouble(i);
      if (!Double.isFinite(value)) {
        throw new IOException(
            "its parameters must be finite numbers, got %s at %d of %d"
                .formatted(value, i, params.length()));
      }
    }
  }

  private static DataNormalization normalization(ModelEntries entries) throws IOException {
    return entries.has(ModelSerializer.NORMALIZER_BIN)
        ? entries.read(ModelSerializer.NORMALIZER_BIN, StoredNormalizer::read)
        : null;
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
