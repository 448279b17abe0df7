package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.internal.FineTuningState;
import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.NetworkState.Counts;
import io.github.dae4j.stacked.internal.PretrainingState;
import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import io.github.dae4j.stacked.internal.RandomState;
import io.github.dae4j.stacked.pretraining.LayerResult;
import io.github.dae4j.stacked.run.CheckpointFile.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class StateFormatTest {

  private static final Fingerprint FINGERPRINT =
      Fingerprint.of("a.name", "a \"value\"\n").with(Fingerprint.of("rows", 1L << 60));
  private static final LayerResult LAYER =
      new LayerResult(3, List.of(0.1, Double.MIN_VALUE), List.of(), 1, 1e300, Long.MAX_VALUE, true);
  private static final FineTuningResult TUNED =
      new FineTuningResult(
          List.of(new FineTuningResult.Epoch(1 / 3.0, List.of(0.1, 0.2), Double.NaN, -0.0)),
          Long.MIN_VALUE,
          new FineTuningResult.Best(Double.POSITIVE_INFINITY, -1, -1),
          FineTuningResult.StopReason.PATIENCE);
  private static final RandomState RANDOM = new RandomState(Long.MAX_VALUE, -1);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT", "HALF", "BFLOAT16"})
  void arraysComeBackInTheirType(DataType type) throws IOException {
    INDArray numbers = Nd4j.linspace(-3, 5, 70_001, DataType.FLOAT).castTo(type); // many chunks
    INDArray read = readBack(numbers);
    assertThat(read.dataType()).isEqualTo(type);
    assertThat(read.shape()).containsExactly(70_001);
    assertThat(read.toDoubleVector()).containsExactly(numbers.toDoubleVector());
  }

  @Test
  void viewsAndUnusualNumbersComeBack() throws IOException {
    INDArray all =
        Nd4j.createFromArray(1f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 6f);
    float[] read = readBack(all.get(NDArrayIndex.interval(1, 5))).toFloatVector();
    assertThat(List.of(bits(read[0]), bits(read[1]), bits(read[2]), bits(read[3])))
        .containsExactly(
            bits(-0f), bits(Float.NaN), bits(Float.NEGATIVE_INFINITY), bits(Float.MIN_VALUE));
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  @Test
  void shapesComeBackAndFortranOrderByItsValues() throws IOException {
    INDArray matrix = Nd4j.rand('f', 3, 4);
    assertThat(readBack(matrix).toFloatMatrix()).isDeepEqualTo(matrix.toFloatMatrix());
  }

  /** Any program that reads zip files and JSON can look into it. */
  @Test
  void theFileIsAZipOfJsonAndLittleEndianNumbers() throws IOException {
    readBack(Nd4j.createFromArray(new float[][] {{1.5f, -2}}));
    try (ZipFile zip = new ZipFile(file().toFile())) {
      assertThat(zip.stream().map(Object::toString)).containsExactly("state.json", "arrays/0.bin");
      assertThat(zip.getInputStream(zip.getEntry("state.json")))
          .asString(StandardCharsets.UTF_8)
          .startsWith("{\"version\":2,")
          .contains("{\"array\":0,\"type\":\"FLOAT\",\"shape\":[1,2]}");
      byte[] numbers = zip.getInputStream(zip.getEntry("arrays/0.bin")).readAllBytes();
      ByteBuffer bytes = ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(List.of(bytes.getFloat(), bytes.getFloat())).containsExactly(1.5f, -2f);
      assertThat(bytes.remaining()).isZero();
    }
  }

  static List<Progress> everyKind() {
    NetworkState network =
        new NetworkState(Nd4j.rand(1, 9), new Counts(5, 6), List.of(new Counts(7, 8)));
    LayerState within =
        new LayerState(
            1,
            new Counts(1, 2),
            List.of(0.5),
            List.of(0.25),
            2.5,
            Nd4j.rand(1, 4),
            new LayerState.Best(0, 0.25, 0.5, 3, Nd4j.rand(1, 5)),
            new LayerState.Position(20, 0.75, RANDOM, Nd4j.rand(1, 5)));
    LayerState between =
        new LayerState(
            1,
            new Counts(1, 2),
            List.of(),
            List.of(),
            0,
            null,
            new LayerState.Best(-1, 0, 0, 0, null),
            null);
    FineTuningResult soFar =
        new FineTuningResult(TUNED.epochs(), TUNED.iterations(), TUNED.best(), null);
    FineTuningState.Weights weights =
        new FineTuningState.Weights(network, null, Nd4j.rand(DataType.DOUBLE, 1, 9));
    return List.of(
        new Progress.Pretraining(new PretrainingState<>(List.of(LAYER), within, network, RANDOM)),
        new Progress.Pretraining(new PretrainingState<>(List.of(), between, network, RANDOM)),
        new Progress.Pretraining(new PretrainingState<>(List.of(), null, network, RANDOM)),
        new Progress.Tuning(
            List.of(LAYER),
            network,
            new FineTuningState<>(
                soFar,
                1e9,
                weights,
                RANDOM,
                new FineTuningState.Position(1, 2, 0.3, List.of(0.2, 0.1), Double.NaN, 0.5))),
        new Progress.Tuning(
            List.of(), null, new FineTuningState<>(soFar, 1e9, weights, RANDOM, null)),
        new Progress.Finished(List.of(LAYER), TUNED, network),
        new Progress.Finished(List.of(), null, network));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void allThatAStateHoldsComesBack(Progress progress) throws IOException {
    Checkpoint read = readBack(progress);
    assertThat(read.fingerprint()).isEqualTo(FINGERPRINT);
    assertThat(read.progress()).isEqualTo(progress);
  }

  private INDArray readBack(INDArray parameters) throws IOException {
    NetworkState network = new NetworkState(parameters, new Counts(0, 0), List.of());
    Checkpoint read = readBack(new Progress.Finished(List.of(), null, network));
    return ((Progress.Finished) read.progress()).network().parameters();
  }

  private Checkpoint readBack(Progress progress) throws IOException {
    CheckpointFile.write(file(), new Checkpoint(FINGERPRINT, progress));
    return CheckpointFile.read(file());
  }

  private Path file() {
    return folder.resolve("checkpoint.zip");
  }
}
