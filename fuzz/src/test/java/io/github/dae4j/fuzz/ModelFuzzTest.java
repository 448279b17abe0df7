package io.github.dae4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model file is read by all its loaders, or refused in its name. The first byte chooses which
 * entry of a good model the others replace, or that they are the file.
 */
class ModelFuzzTest {

  private static final Map<String, byte[]> MODEL = model();
  private static final List<String> ENTRIES = List.copyOf(MODEL.keySet());

  private static Map<String, byte[]> model() {
    try {
      INDArray x = Nd4j.rand(6, 3);
      NormalizerMinMaxScaler normalizer = new NormalizerMinMaxScaler();
      normalizer.fit(new DataSet(x, x));
      StackedDenoisingAutoEncoder stack =
          StackedDenoisingAutoEncoder.builder(3, 2)
              .normalization(normalizer)
              .output(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
              .build();
      Path file = Scratch.path("good-model.zip");
      AnomalyDetector.fit(stack, x, DetectorPlan.ofQuantile(0.9)).save(file);
      Map<String, byte[]> entries = Scratch.entries(file);
      stack.network().fit(x, Nd4j.eye(6).getColumns(0, 1));
      stack.save(file, true);
      entries.put("updaterState.bin", new byte[0]);
      entries.putAll(Scratch.entries(file));
      entries.put("properties.json", "{\"class.0\":\"a\"}".getBytes(StandardCharsets.UTF_8));
      return entries;
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    byte[] whole = Files.readAllBytes(Scratch.path("good-model.zip"));
    return Stream.concat(
        IntStream.range(0, ENTRIES.size()).mapToObj(i -> chosen(i, MODEL.get(ENTRIES.get(i)))),
        Stream.of(chosen(ENTRIES.size(), whole)));
  }

  private static byte[] chosen(int entry, byte[] content) {
    byte[] bytes = new byte[1 + content.length];
    bytes[0] = (byte) entry;
    System.arraycopy(content, 0, bytes, 1, content.length);
    return bytes;
  }

  @MethodSource("seeds")
  @FuzzTest
  void entry(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length);
    int entry = bytes[0] & 7;
    Path file =
        Scratch.file(
            "model.zip",
            entry < ENTRIES.size() ? Scratch.zip(MODEL, ENTRIES.get(entry), content) : content);
    requireRefusal(file, () -> StackedDenoisingAutoEncoder.load(file));
    requireRefusal(file, () -> PretrainableNetwork.load(file.toFile(), true));
    requireRefusal(file, () -> AnomalyDetector.load(file));
  }

  /** Loads a model. */
  @FunctionalInterface
  private interface Loader {
    void load() throws IOException;
  }

  private static void requireRefusal(Path file, Loader loader) {
    try {
      loader.load();
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith("Cannot load " + file + ": ").doesNotContain("\n");
    }
  }
}
