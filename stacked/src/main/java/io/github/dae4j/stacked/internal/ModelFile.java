package io.github.dae4j.stacked.internal;

import io.github.dae4j.internal.file.WholeFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
public final class ModelFile {

  /**
   * A model with what another package keeps in its file, as bytes that only that package
   * understands; who does not ask for them reads the model alone.
   */
  public record Attached<S>(S model, byte[] attachment) {}

  /** Makes the model of a network, its normalization or null, and the properties it came with. */
  @FunctionalInterface
  public interface Maker<N, S> {
    S of(N network, DataNormalization normalization, Map<String, String> properties);
  }

  private ModelFile() {}

  /**
   * Writes a model, whole or not at all.
   *
   * @param normalization null for none
   * @param properties words that are kept with it
   * @param attachment what another package keeps with it; null for nothing
   * @throws IOException naming the file, which is then as it was before
   */
  public static void write(
      Path file,
      MultiLayerNetwork network,
      DataNormalization normalization,
      Map<String, String> properties,
      boolean saveUpdater,
      byte[] attachment)
      throws IOException {
    String json = readable(network, file);
    byte[] words = properties.isEmpty() ? null : words(properties, file);
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
          if (words != null) {
            entry(zip, ModelEntries.PROPERTIES_JSON, words);
          }
          if (attachment != null) {
            entry(zip, ModelEntries.ATTACHMENT_BIN, attachment);
          }
          zip.finish();
        });
  }

  private static byte[] words(Map<String, String> properties, Path file) throws IOException {
    try {
      return ModelEntries.json(properties);
    } catch (IOException e) {
      throw new IOException("Cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The configuration as JSON, if it can be read back: better none than a file that cannot. */
  private static String readable(MultiLayerNetwork network, Path file) throws IOException {
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
  private static boolean isFrozenForAWhile(MultiLayerNetwork network) {
    return Arrays.stream(network.getLayers())
        .anyMatch(
            layer ->
                layer instanceof FrozenLayer
                    && !(layer.conf().getLayer()
                        instanceof org.deeplearning4j.nn.conf.layers.misc.FrozenLayer));
  }

  /**
   * Whether a file keeps an attachment that begins with {@code mark}; false if it cannot be read,
   * of which reading it all tells the reason.
   */
  public static boolean hasAttachment(Path file, long mark) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry attachment = zip.getEntry(ModelEntries.ATTACHMENT_BIN);
      if (attachment == null) {
        return false;
      }
      try (DataInputStream bytes = new DataInputStream(zip.getInputStream(attachment))) {
        return bytes.readLong() == mark;
      }
    } catch (IOException e) {
      return false;
    }
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

  /**
   * The same model is the same file, whenever and wherever it is written: before February of the
   * first year of zip's calendar Java adds the time of the local zone.
   */
  private static ZipEntry timeless(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
    return entry;
  }

  /** A normalization of its own, as it would be read from a file. */
  public static DataNormalization copyOf(DataNormalization normalization) {
    try {
      return ModelEntries.normalization(bytes(normalization));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(DataNormalization normalization) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NormalizerSerializer.getDefault().write(normalization, bytes);
    return bytes.toByteArray();
  }

  /**
   * Reads a model.
   *
   * @param maker makes a network of a configuration, without parameters
   * @param model makes the model
   * @throws IOException naming the file and what is wrong with it
   */
  public static <N extends MultiLayerNetwork, S> S read(
      Path file, Function<MultiLayerConfiguration, N> maker, Maker<N, S> model) throws IOException {
    return read(file, entries -> model(entries, maker, model));
  }

  /** The model with what another package keeps with it, which must be there. */
  public static <N extends MultiLayerNetwork, S> Attached<S> readAttached(
      Path file, Function<MultiLayerConfiguration, N> maker, Maker<N, S> model) throws IOException {
    return read(
        file,
        entries ->
            new Attached<>(
                model(entries, maker, model), entries.bytes(ModelEntries.ATTACHMENT_BIN)));
  }

  /** The network alone, of a model or of a network that DL4J has saved. */
  public static <N extends MultiLayerNetwork> N readNetwork(
      Path file, Function<MultiLayerConfiguration, N> maker, boolean loadUpdater)
      throws IOException {
    return read(file, entries -> network(entries, maker, loadUpdater));
  }

  /** Reads something from the entries of a file. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(ModelEntries entries) throws IOException;
  }

  private static <T> T read(Path file, Reader<T> reader) throws IOException {
    Objects.requireNonNull(file, "the file of a model must not be null");
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no model to load");
    }
    try (ModelEntries entries = new ModelEntries(file)) {
      return reader.read(entries);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot load %s: expected a model that StackedDenoisingAutoEncoder has saved, but %s"
              .formatted(file, DamageReason.of(e)),
          e);
    }
  }

  private static <N extends MultiLayerNetwork, S> S model(
      ModelEntries entries, Function<MultiLayerConfiguration, N> maker, Maker<N, S> model)
      throws IOException {
    return model.of(network(entries, maker, true), entries.normalization(), entries.properties());
  }

  private static <N extends MultiLayerNetwork> N network(
      ModelEntries entries, Function<MultiLayerConfiguration, N> maker, boolean loadUpdater)
      throws IOException {
    N network = network(entries, maker);
    if (loadUpdater && entries.has(ModelSerializer.UPDATER_BIN)) {
      INDArray state = entries.vector(ModelSerializer.UPDATER_BIN);
      network.getUpdater().setStateViewArray(network, state, false);
    }
    return network;
  }

  private static <N extends MultiLayerNetwork> N network(
      ModelEntries entries, Function<MultiLayerConfiguration, N> maker) throws IOException {
    ModelConfiguration configuration =
        ModelConfiguration.read(entries.bytes(ModelSerializer.CONFIGURATION_JSON));
    MultiLayerConfiguration conf = configuration.conf();
    INDArray params = entries.vector(ModelSerializer.COEFFICIENTS_BIN);
    long count = ModelConfiguration.countParameters(conf);
    if (params.length() != count || params.dataType() != conf.getDataType()) {
      throw new IOException(
          "its configuration asks for %d parameters in %s where it has %d in %s"
              .formatted(count, conf.getDataType(), params.length(), params.dataType()));
    }
    requireFinite(params);
    N network = maker.apply(conf);
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
}
