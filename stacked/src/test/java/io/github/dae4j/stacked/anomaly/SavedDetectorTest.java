package io.github.dae4j.stacked.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.ModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a detector is after it was written and read, and files that are damaged. */
class SavedDetectorTest {

  private static final int MEDIANS = 24; // after mark, version, features, threshold

  @TempDir private Path folder;
  private final INDArray x = SmallModels.data(60);
  private Path file;
  private AnomalyDetector detector;

  @BeforeEach
  void fit() {
    file = folder.resolve("model.zip");
    detector = AnomalyDetector.fit(SmallModels.trained(), x, DetectorPlan.ofContamination(0.05));
  }

  @Test
  void itScoresTheSameToTheLastBit() throws IOException {
    detector.save(file);
    AnomalyDetector read = AnomalyDetector.load(file);
    assertThat(read.threshold()).isEqualTo(detector.threshold());
    assertThat(read.score(x)).containsExactly(detector.score(x));
    assertThat(read.topFeatures(x, 3)).isEqualTo(detector.topFeatures(x, 3)).hasSize(3);
    assertThat(read.stack().orElseThrow().normalization()).isPresent();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theFileIsStillAModels() throws IOException {
    detector.save(file);
    double[] expected = exact(detector.stack().orElseThrow().encode(x));
    assertThat(exact(StackedDenoisingAutoEncoder.load(file).encode(x))).containsExactly(expected);
    assertThat(ModelSerializer.restoreMultiLayerNetwork(file.toFile()).getnLayers()).isEqualTo(1);
  }

  private static double[] exact(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  @Test
  void aModelWithoutADetectorIsNone() throws IOException {
    detector.stack().orElseThrow().save(file, false);
    assertThatThrownBy(() -> AnomalyDetector.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot load " + file)
        .hasMessageEndingWith("it has no entry attachment.bin");
  }

  @Test
  void whatIsNoDetectorIsRefused() throws IOException {
    byte[] whole = StoredDetector.bytes(scale(12), 2);
    assertRefused(new byte[0], "what it keeps with the model is no detector");
    assertRefused(new byte[200], "what it keeps with the model is no detector");
    assertRefused(Arrays.copyOf(whole, 30), "its detector for 12 features has 30 bytes");
    assertRefused(Arrays.copyOf(whole, 300), "its detector for 12 features has 300 bytes");
    assertRefused(StoredDetector.bytes(scale(5), 2), "is for 5 features, its model for 12");
    assertRefused(changed(whole, Long.BYTES, 2, 0), "its detector's version is 2, not 1");
    assertRefused(changed(whole, 12, -7, 0), "its detector is for -7 features, its model for 12");
    assertRefused(
        StoredDetector.bytes(scale(12), Double.NaN),
        "its detector's threshold must be finite, got NaN");
    assertRefused(
        changed(whole, MEDIANS, 0x7ff80000, 0),
        "ErrorScale must have finite medians and spreads > 0, got NaN and 1.0 for feature 0");
    assertRefused(
        changed(whole, MEDIANS + 14 * Double.BYTES, 0, 0), "got 0.0 and 0.0 for feature 2");
  }

  private static ErrorScale scale(int features) {
    double[] ones = new double[features];
    Arrays.fill(ones, 1);
    return new ErrorScale(new double[features], ones);
  }

  private static byte[] changed(byte[] bytes, int at, int first, int second) {
    ByteBuffer changed = ByteBuffer.wrap(bytes.clone()).putInt(at, first);
    return (at < MEDIANS ? changed : changed.putInt(at + 4, second)).array();
  }

  private void assertRefused(byte[] attachment, String reason) throws IOException {
    StackedDenoisingAutoEncoder stack = detector.stack().orElseThrow();
    ModelFile.write(
        file, stack.network(), stack.normalization().orElse(null), Map.of(), false, attachment);
    assertThatThrownBy(() -> AnomalyDetector.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "Cannot load " + file + ": expected a model that AnomalyDetector has saved, but ")
        .hasMessageEndingWith(reason);
  }

  @Test
  void aFlippedBitNeverGivesAnotherDetector() throws IOException {
    detector.save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 61) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      Files.write(file, flipped);
      try {
        assertThat(AnomalyDetector.load(file).score(x))
            .as("byte %d", at)
            .containsExactly(detector.score(x));
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith("Cannot load " + file);
      }
    }
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> AnomalyDetector.load(file)).hasMessageContaining("no whole zip file");
  }

  @Test
  void errorsAloneCannotBeSaved() {
    AnomalyDetector ofErrors = AnomalyDetector.fit(e -> e, x, DetectorPlan.ofQuantile(0.9));
    assertThatThrownBy(() -> ofErrors.save(file))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("AnomalyDetector is saved with its model, so it must be fitted on");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFailureLeavesTheFileThatWasThere() throws IOException {
    Path folderInTheWay = Files.createDirectories(folder.resolve("folder"));
    assertThatThrownBy(() -> detector.save(folderInTheWay))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + folderInTheWay + ": it is a folder");
    assertThatThrownBy(() -> AnomalyDetector.load(folder.resolve("none.zip")))
        .hasMessageContaining("no model to load");
  }

  /** A row is scored on the cells that it has, before and after it was saved. */
  @Test
  void missingCellsDoNotCount() throws IOException {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(4, 3).seed(1).missingAllowed(true).build();
    INDArray x = Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(3), 30, 4);
    x.putScalar(7, 2, Double.NaN);
    AnomalyDetector detector = AnomalyDetector.fit(stack, x, DetectorPlan.ofQuantile(0.9));
    INDArray row = x.getRows(7).dup();
    INDArray errors = stack.reconstructionErrorPerFeature(row);
    INDArray scaled = detector.scaledErrors(row);
    assertThat(scaled.getDouble(0, 2)).isNaN();
    double sum = 0;
    for (int feature : new int[] {0, 1, 3}) {
      sum += Math.pow(Math.max(0, scaled.getDouble(0, feature)), 2);
    }
    assertThat(errors.getDouble(0, 2)).isZero();
    assertThat(detector.score(row)).containsExactly(Math.sqrt(sum / 3));
    assertThat(detector.withThreshold(-1).topFeatures(row, 4).get(0).features())
        .extracting(Anomaly.Feature::index)
        .containsExactlyInAnyOrder(0, 1, 3);
    detector.save(folder.resolve("missing.zip"));
    assertThat(AnomalyDetector.load(folder.resolve("missing.zip")).score(x))
        .containsExactly(detector.score(x));
  }

  @Test
  void aValueBeyondTheTrainingRangeIsScored() {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.builder(4, 3).seed(1).build();
    INDArray x = Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(3), 30, 4);
    AnomalyDetector detector = AnomalyDetector.fit(stack, x, DetectorPlan.ofQuantile(0.9));
    INDArray later = x.dup();
    later.putScalar(4, 1, 1.0005);
    later.putScalar(5, 1, 30);
    double[] scores = detector.score(later);
    assertThat(scores).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY).hasSize(30);
    assertThat(scores[5]).isGreaterThan(10 * detector.threshold());
    assertThat(detector.topFeatures(later, 1))
        .anySatisfy(
            anomaly -> {
              assertThat(anomaly.row()).isEqualTo(5);
              assertThat(anomaly.features().get(0).index()).isEqualTo(1);
            });
  }
}
