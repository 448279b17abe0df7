package io.github.dae4j.cli.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CsvMapTest {

  @TempDir private Path folder;

  @Test
  void everyFloatReadsBackToTheSameBits() throws IOException {
    Random random = new Random(1);
    float[] floats = new float[2 * 700]; // more rows than are mapped at once
    for (int i = 0; i < floats.length; i++) {
      do {
        floats[i] = Float.intBitsToFloat(random.nextInt());
      } while (!Float.isFinite(floats[i]));
    }
    String text =
        IntStream.range(0, 700)
            .mapToObj(row -> floats[2 * row] + "," + floats[2 * row + 1] + "\n")
            .collect(Collectors.joining());
    assertThat(map(text, 2, DataType.FLOAT, x -> x)).isEqualTo(text);
  }

  @Test
  void everyDoubleReadsBackToTheSameBits() throws IOException {
    Random random = new Random(2);
    String text =
        random
            .longs(50)
            .mapToDouble(Double::longBitsToDouble)
            .filter(Double::isFinite)
            .mapToObj(value -> value + "\n")
            .collect(Collectors.joining());
    assertThat(map(text, 1, DataType.DOUBLE, x -> x)).isEqualTo(text);
    double third = 1 / 3.0; // as models of pictures write it, by their own type
    assertThat(CsvMap.texts(Nd4j.createFromArray(third, 1e-300)))
        .containsExactly(List.of("" + third), List.of("1.0E-300"));
    assertThat(CsvMap.texts(Nd4j.createFromArray(new float[][] {{1 / 3f, 2}})))
        .containsExactly(List.of("0.33333334", "2.0"));
  }

  @Test
  void aNumberIsRoundedOnceAndInNoLocale() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      // Between two floats, nearer to the upper one; as a double it lies halfway.
      String text = "1.00000005960464477539062500001\n";
      assertThat(map(text, 1, DataType.FLOAT, x -> x)).isEqualTo("1.0000001\n");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theOutputHasAHeaderIfTheInputHas() throws IOException {
    assertThat(map("a, b\n\n 1 ,-2e1\n", 2, DataType.FLOAT, x -> x))
        .isEqualTo("a',b'\n1.0,-20.0\n");
    assertThat(map("\uFEFF\"a\",b\r\n\"1\",2", 2, DataType.FLOAT, x -> x))
        .isEqualTo("a',b'\n1.0,2.0\n");
  }

  @Test
  void gzipIsUnpackedAndPacked() throws IOException {
    Path in = folder.resolve("in.gz");
    Path out = folder.resolve("out.csv.gz");
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(in))) {
      packed.write("1.0,2.0\n".getBytes(StandardCharsets.UTF_8));
    }
    identity(2, DataType.FLOAT, x -> x).map(in.toString(), out.toString(), CsvMapTest::same);
    try (InputStream packed = new GZIPInputStream(Files.newInputStream(out))) {
      assertThat(packed).hasContent("1.0,2.0\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b\n", "\n\n"})
  void aFileWithoutARowIsRefused(String text) {
    assertThatThrownBy(() -> map(text, 2, DataType.FLOAT, x -> x))
        .isInstanceOf(DataException.class)
        .hasMessage("in.csv: must have a row, got none");
  }

  @Test
  void aFirstLineThatCountsIsAHeaderUnlessItIsSaidToBeARow() throws IOException {
    List<String> said = new ArrayList<>();
    Path in = Files.writeString(folder.resolve("in.csv"), "0,1,2\n0.5,0.25,1\n");
    Path out = folder.resolve("out.csv");
    CsvMap map = identity(3, DataType.FLOAT, x -> x);
    map.withHeader(null, said::add).map(in.toString(), out.toString(), CsvMapTest::same);
    assertThat(out).hasContent("0',1',2'\n0.5,0.25,1.0\n");
    assertThat(said)
        .containsExactly(
            in + ":1: counts 0, 1, ... and is taken for a header; --header no takes it for a row");
    said.clear();
    map.withHeader(false, said::add).map(in.toString(), out.toString(), CsvMapTest::same);
    assertThat(out).hasContent("0.0,1.0,2.0\n0.5,0.25,1.0\n");
    map.withHeader(true, said::add).map(in.toString(), out.toString(), CsvMapTest::same);
    assertThat(out).hasContent("0',1',2'\n0.5,0.25,1.0\n");
    assertThat(said).isEmpty();
  }

  @Test
  void aVectorIsOneColumn() throws IOException {
    assertThat(map("1,2\n3,4\n", 2, DataType.FLOAT, x -> x.sum(1))).isEqualTo("3.0\n7.0\n");
    assertThat(map("1,2\n", 2, DataType.FLOAT, x -> x.sum(1))).isEqualTo("3.0\n");
  }

  static Stream<Arguments> badTexts() {
    return Stream.of(
        Arguments.of("1,2\n3,x\n", "in.csv:2: column 2 must be a finite number, got 'x'"),
        Arguments.of("1,2\n\n\n,4", "in.csv:4: column 1 must be a finite number, got ''"),
        Arguments.of("a,2\n", "in.csv:1: column 1 must be a finite number, got 'a'"),
        Arguments.of("a,\n", "in.csv:1: column 1 must be a finite number, got 'a'"),
        Arguments.of("1,NaN\n", "in.csv:1: column 2 must be a finite number, got 'NaN'"),
        Arguments.of("1,-Infinity", "in.csv:1: column 2 must be a finite number, got '-Infinity'"),
        Arguments.of("1,1e39", "in.csv:1: column 2 must be a finite number, got '1e39'"),
        Arguments.of("1,2f", "in.csv:1: column 2 must be a finite number, got '2f'"),
        Arguments.of("1,0x1p3", "in.csv:1: column 2 must be a finite number, got '0x1p3'"),
        Arguments.of("1,1e", "in.csv:1: column 2 must be a finite number, got '1e'"),
        Arguments.of("1;2\n", "in.csv:1: must have 2 columns, the model's input, got 1"),
        Arguments.of("a,b,c\n1,2,3", "in.csv:1: must have 2 columns, the model's input, got 3"),
        Arguments.of("a,b\n1,2\n1,2,3", "in.csv:3: must have 2 columns, the model's input, got 3"),
        Arguments.of(
            "1," + "x".repeat(99),
            "in.csv:1: column 2 must be a finite number, got '" + "x".repeat(40) + "...'"));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void aBadCellIsNamedWithItsPlaceAndNothingIsWritten(String text, String message)
      throws IOException {
    assertThatThrownBy(() -> map(text, 2, DataType.FLOAT, x -> x))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    assertThat(Files.list(folder)).containsExactly(folder.resolve("in.csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,\"2\n", "1,\"2\"x\n"})
  void badQuotesAreNamedWithTheirLine(String text) {
    assertThatThrownBy(() -> map(text, 2, DataType.FLOAT, x -> x))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("in.csv: must be CSV: ")
        .hasMessageContaining("line 1");
  }

  @Test
  void anInputThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> identity(1, DataType.FLOAT, x -> x).map("no.csv", "out.csv", CsvMapTest::same))
        .isInstanceOf(DataException.class)
        .hasMessage("no.csv: no such file, or it cannot be read");
  }

  @Test
  void aFileCanBeMappedOntoItself() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "1\n2\n");
    long rows =
        identity(1, DataType.FLOAT, x -> x.mul(2))
            .map(file.toString(), file.toString(), CsvMapTest::same);
    assertThat(rows).isEqualTo(2);
    assertThat(file).hasContent("2.0\n4.0\n");
  }

  /** Wherever it ends: in the mark, before the first row or among rows. */
  @Test
  void aPackedFileThatEndsTooEarlyIsNamed() throws IOException {
    Path whole = folder.resolve("x.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      for (int row = 0; row < 9000; row++) {
        out.write("%d\n".formatted(row * row % 7919).getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {5, 12, bytes.length / 2, bytes.length - 3}) {
      Path cut = Files.write(folder.resolve("cut.csv"), Arrays.copyOf(bytes, length));
      String out = folder.resolve("out.csv").toString();
      assertThatThrownBy(
              () -> identity(1, DataType.FLOAT, x -> x).map(cut.toString(), out, CsvMapTest::same))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(cut + ": is a damaged gzip file: ");
    }
  }

  @Test
  void rowsThatNobodyReadsAnyMoreAreNotMapped() throws IOException {
    Path in = Files.writeString(folder.resolve("in.csv"), "1,2,3,4,5,6,7,8,9\n".repeat(2000));
    int[] calls = new int[1];
    CsvMap counted = identity(9, DataType.FLOAT, x -> calls[0]++ < 0 ? null : x);
    PrintStream before = System.out;
    System.setOut(new PrintStream(closedPipe()));
    try {
      assertThatThrownBy(() -> counted.map(in.toString(), CsvMap.STANDARD, CsvMapTest::same))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("standard output cannot be written");
    } finally {
      System.setOut(before);
    }
    assertThat(calls[0]).isLessThan(3);
  }

  private static OutputStream closedPipe() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("Broken pipe");
      }
    };
  }

  private String map(String text, int columns, DataType type, UnaryOperator<INDArray> rows)
      throws IOException {
    Path in = Files.writeString(folder.resolve("in.csv"), text);
    Path out = folder.resolve("out.csv");
    try {
      identity(columns, type, rows).map(in.toString(), out.toString(), CsvMapTest::same);
    } catch (DataException e) {
      throw new DataException(e.getMessage().replace(in.toString(), "in.csv"), e);
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  private static CsvMap identity(int columns, DataType type, UnaryOperator<INDArray> rows) {
    return new CsvMap(
        columns, type, rows, names -> List.copyOf(names.stream().map(n -> n + "'").toList()));
  }

  private static InputStream same(InputStream bytes, long total) {
    return bytes;
  }
}
