package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Models that version 08b949c has saved, beside inputs and what they gave then: one number after
 * the other, their bits in hexadecimal. Where products are summed in another order, on other
 * processors, the last digits may differ.
 */
class EarlierModelTest {

  private static final int AVX_512 = 3;

  private final Map<String, String[]> numbers = new HashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"detector", "classifier", "mixed"})
  void givesWhatItGave(String name) throws Exception {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.load(open(name));
    INDArray x = floats("input");
    assertSame(stack.encode(x), "code");
    assertSame(stack.reconstruct(x), "reconstruction");
    assertSame(stack.reconstructionError(x), "error");
    assertSame(stack.reconstructionErrorPerFeature(x), "errors");
  }

  @Test
  void aDetectorScoresAsItDid() throws Exception {
    AnomalyDetector detector = AnomalyDetector.load(open("detector"));
    assertSame(detector.score(floats("input")), doubles("score"));
    assertSame(new double[] {detector.threshold()}, doubles("threshold"));
  }

  @Test
  void aFineTunedClassifierPredictsAsItDid() throws Exception {
    Path file = open("classifier");
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.load(file);
    assertSame(stack.predict(floats("input")), "output");
    assertThat(stack.network().getUpdater().getStateViewArray().length()).isPositive();
    PretrainableNetwork network = PretrainableNetwork.load(file.toFile(), true);
    assertThat(network.params()).isEqualTo(stack.network().params());
    assertSame(network.output(floats("input")), "output");
  }

  @Test
  void missingCellsAreFilledAsTheyWere() throws Exception {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.load(open("mixed"));
    assertSame(stack.impute(floats("input")), "imputed");
  }

  private Path open(String name) throws IOException, URISyntaxException {
    for (String line : Files.readAllLines(resource(name + ".txt"))) {
      String[] words = line.split(" ");
      numbers.put(words[0], Arrays.copyOfRange(words, 1, words.length));
    }
    return resource(name + ".zip");
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(EarlierModelTest.class.getResource("model-08b949c/" + name).toURI());
  }

  /** The first word is the shape: 6x10. */
  private INDArray floats(String name) {
    String[] words = numbers.get(name);
    float[] values = new float[words.length - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i + 1], 16));
    }
    String[] shape = words[0].split("x");
    return Nd4j.createFromArray(values)
        .reshape(Integer.parseInt(shape[0]), Integer.parseInt(shape[1]));
  }

  private double[] doubles(String name) {
    return Arrays.stream(numbers.get(name))
        .skip(1)
        .mapToDouble(bits -> Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)))
        .toArray();
  }

  private void assertSame(INDArray is, String name) {
    assertSame(is.dup('c').data().asDouble(), floats(name).castTo(is.dataType()).data().asDouble());
  }

  private static void assertSame(double[] is, double[] was) {
    boolean sameProcessor =
        NativeOpsHolder.getInstance().getDeviceNativeOps().optimalLevel() == AVX_512;
    assertThat(is).hasSameSizeAs(was);
    for (int i = 0; i < was.length; i++) {
      double tolerance = sameProcessor ? 0 : 1e-5 * (1 + Math.abs(was[i]));
      assertThat(Double.compare(is[i], was[i]) == 0 || Math.abs(is[i] - was[i]) <= tolerance)
          .as("number %d is %s and was %s", i, is[i], was[i])
          .isTrue();
    }
  }
}
