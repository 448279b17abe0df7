package io.github.dae4j.stacked.marginalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.internal.SealedFile;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class MarginalizedStackTest {

  private static final int WIDTH = 3;
  private static final long MARK = 0x646165346d736461L;

  @TempDir private Path folder;

  private final INDArray x = Nd4j.createFromArray(Rows.correlated(20, WIDTH));
  private final MarginalizedMasking masking = new MarginalizedMasking(0.4, 1e-3);
  private final MarginalizedStack stack = masking.fitStack(2, Rows.minibatches(x, 6));

  @Test
  void codesAreTanhOfTheMapping() {
    double[][] w = stack.layers().get(0).mapping().toDoubleMatrix();
    double[][] rows = x.toDoubleMatrix();
    INDArray code = stack.layers().get(0).encode(x);
    INDArray reconstruction = stack.layers().get(0).reconstruct(x);
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < WIDTH; i++) {
        double sum = w[i][WIDTH];
        for (int j = 0; j < WIDTH; j++) {
          sum += w[i][j] * rows[row][j];
        }
        assertThat(code.getDouble(row, i)).isCloseTo(Math.tanh(sum), within(1e-12));
        assertThat(reconstruction.getDouble(row, i)).isCloseTo(sum, within(1e-12));
      }
    }
  }

  @Test
  void eachLayerIsFittedToTheCodesOfTheOneBelow() {
    INDArray codes = stack.layers().get(0).encode(x);
    MarginalizedAutoEncoder second = masking.fit(Rows.minibatches(codes, 20));
    assertThat(values(stack.layers().get(1).mapping()))
        .containsExactly(values(second.mapping()), within(1e-12));
    assertThat(values(stack.encode(x)))
        .containsExactly(values(stack.layers().get(1).encode(codes)));
  }

  @Test
  void allCodesStandBesideTheInput() {
    INDArray all = stack.encodeAll(x);
    INDArray first = stack.layers().get(0).encode(x);
    assertThat(values(all)).containsExactly(values(Nd4j.hstack(x, first, stack.encode(x))));
    assertThat(all.shape()).containsExactly(20, 3 * WIDTH);
  }

  @Test
  void codesHaveTheTypeOfTheInputWhichStaysAsItIs() {
    for (DataType type : List.of(DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE)) {
      INDArray input = x.castTo(type);
      double[] before = values(input);
      assertThat(stack.encode(input).dataType()).isEqualTo(type);
      assertThat(stack.encodeAll(input).dataType()).isEqualTo(type);
      assertThat(values(input)).containsExactly(before);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"BYTE", "INT", "LONG", "BOOL"})
  void wholeNumbersHaveTheCodesOfTheSameInFloat(DataType type) {
    INDArray whole = x.gt(0).castTo(type);
    INDArray same = whole.castTo(DataType.FLOAT);
    assertThat(stack.encode(whole)).isEqualTo(stack.encode(same));
    assertThat(stack.encodeAll(whole)).isEqualTo(stack.encodeAll(same));
    MarginalizedAutoEncoder layer = stack.layers().get(0);
    assertThat(layer.reconstruct(whole)).isEqualTo(layer.reconstruct(same));
  }

  @Test
  void comesBackFromAFileToTheBit() throws IOException {
    Path file = folder.resolve("stack");
    stack.save(file);
    MarginalizedStack loaded = MarginalizedStack.load(file);
    assertThat(loaded.masking()).isEqualTo(masking);
    assertThat(loaded.layers()).hasSize(2);
    assertThat(values(loaded.encodeAll(x))).containsExactly(values(stack.encodeAll(x)));
    loaded.save(folder.resolve("again"));
    assertThat(folder.resolve("again")).hasSameBinaryContentAs(file);
  }

  @Test
  void anyChangedBitAndAnyTruncationIsNoticed() throws IOException {
    Path file = folder.resolve("stack");
    stack.save(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      requireDamaged(file, damaged);
      requireDamaged(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
    }
    requireDamaged(file, Arrays.copyOf(whole, whole.length + 1));
  }

  private static void requireDamaged(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> MarginalizedStack.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "Cannot load .*stack: expected a stack that MarginalizedStack has saved, but it is"
                + " truncated( or damaged)?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | 1 | 0.5 | 1 | 1          | 2   | it is none
          0 | 2 | 0.5 | 1 | 1          | 2   | its version is 2, not 1
          0 | 1 | 1.5 | 1 | 1          | 2   | MarginalizedMasking level must be in [0, 1), got 1.5
          0 | 1 | 0.5 | 1 | 2147483647 | 2   | it has 52 bytes for 1 layers of 2147483647 features
          0 | 1 | 0.5 | 0 | 1          | 2   | it has 52 bytes for 0 layers of 1 features
          0 | 1 | 0.5 | 1 | 1          | NaN | it has the weight NaN
          """)
  void whatASealedFileSaysIsNotBelieved(
      long mark, int version, double level, int layers, int nIn, double weight, String reason)
      throws IOException {
    Path file = folder.resolve("forged");
    SealedFile.write(
        file,
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          data.writeLong(MARK + mark);
          data.writeInt(version);
          data.writeDouble(level);
          data.writeDouble(0);
          data.writeInt(layers);
          data.writeInt(nIn);
          data.writeDouble(weight);
          data.writeDouble(weight);
        });
    assertThatThrownBy(() -> MarginalizedStack.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("has saved, but " + reason);
  }

  @Test
  void namesAFileThatIsNotThereOrCannotBeWritten() throws IOException {
    Path file = folder.resolve("nowhere");
    assertThatThrownBy(() -> MarginalizedStack.load(file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file + ": no stack to load");
    Files.createDirectory(file);
    assertThatThrownBy(() -> stack.save(file))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + file + ": it is a folder");
  }

  @Test
  void refusesWhatCannotBeStacked() {
    assertThatThrownBy(() -> masking.fitStack(0, Rows.minibatches(x, 6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MarginalizedStack layers must be >= 1, got 0");
    ExistingDataSetIterator once =
        new ExistingDataSetIterator(List.of(new DataSet(x, x)).iterator());
    assertThatThrownBy(() -> masking.fitStack(2, once))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MarginalizedStack data must be an iterator that can be reset for 2 layers, got "
                + ExistingDataSetIterator.class.getName());
    assertThat(masking.fitStack(1, once).layers()).hasSize(1);
    assertThatThrownBy(() -> new MarginalizedStack(masking, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MarginalizedStack layers must be at least one, all of one width, got widths []");
    assertThatThrownBy(() -> stack.encode(Nd4j.ones(2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MarginalizedAutoEncoder input must be [minibatch, 3], got [2, 5]");
  }

  private static double[] values(INDArray array) {
    return array.dup('c').ravel().toDoubleVector();
  }
}
