package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import onnx.Onnx;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelCommandsTest {

  private static final INDArray X =
      Nd4j.createFromArray(new float[][] {{0, 0.1f, 0.2f, 0.3f}, {1, 0.9f, 0.5f, 1 / 3f}});
  private static final String CSV = text(X);

  @TempDir private Path folder;
  private StackedDenoisingAutoEncoder stack;
  private String model;
  private String in;

  @BeforeEach
  void saveModelAndRows() throws IOException {
    stack =
        StackedDenoisingAutoEncoder.builder(4, 3, 2)
            .seed(1)
            .output(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
            .build();
    model = folder.resolve("model.zip").toString();
    stack.save(Path.of(model), false);
    in = Files.writeString(folder.resolve("in.csv"), CSV).toString();
  }

  @Test
  void encodeWritesTheTopCodeOrThatOfALayer() throws IOException {
    Outcome outcome = Outcome.of("encode", model, in, out());
    assertThat(outcome.err()).isEqualTo("encode: 2 rows\n");
    assertThat(outcome.exitCode()).isZero();
    assertThat(Path.of(out())).hasContent(text(stack.encode(X)));

    Outcome.of("encode", model, in, out(), "--layer=0");
    assertThat(Path.of(out())).hasContent(text(stack.encode(X, 0)));
  }

  @Test
  void rowsCanComeFromAndGoToStandardStreams() {
    Outcome outcome = Outcome.ofInput("a,b,c,d\n" + CSV, "encode", "-q", model, "-", "-");
    assertThat(outcome).isEqualTo(new Outcome(0, "code0,code1\n" + text(stack.encode(X)), ""));
  }

  @Test
  void aRunsDirectoryStandsForItsModel() {
    assertThat(Outcome.of("encode", folder.toString(), in, "-").out())
        .isEqualTo(text(stack.encode(X)));
  }

  @Test
  void reconstructWritesRowsOrTheirErrors() {
    assertThat(Outcome.ofInput("a,b,c,d\n" + CSV, "reconstruct", model, "-", "-").out())
        .isEqualTo("a,b,c,d\n" + text(stack.reconstruct(X)));
    assertThat(Outcome.of("reconstruct", "--errors", model, in, "-").out())
        .isEqualTo(text(stack.reconstructionError(X).reshape(2, 1)));
  }

  @Test
  void filtersAreDrawnOfEveryLayer() throws IOException {
    String png = folder.resolve("filters.png").toString();
    assertThat(Outcome.of("filters", model, png, "--layer=1", "--tiles=1x2").exitCode()).isZero();
    assertThat(ImageIO.read(Path.of(png).toFile()).getWidth()).isEqualTo(2 + 1 + 2);
    assertThat(Outcome.of("filters", model, png, "--pixels=1x4").exitCode()).isZero();
    assertThat(ImageIO.read(Path.of(png).toFile()).getHeight()).isEqualTo(10 * 2 - 1);
  }

  @Test
  void exportWritesANetworkThatDl4jReads() throws IOException {
    String zip = folder.resolve("new").resolve("dense.zip").toString();
    assertThat(Outcome.of("export", model, zip).exitCode()).isZero();
    MultiLayerNetwork dense = MultiLayerNetwork.load(Path.of(zip).toFile(), false);
    assertThat(dense.getLayerWiseConfigurations().toJson()).doesNotContain("dae4j");
    assertThat(text(dense.output(X))).isEqualTo(text(stack.network().output(X)));
  }

  @Test
  void exportWritesOnnxWhereTheNameSaysSo() throws IOException {
    Path file = folder.resolve("new").resolve("model.onnx");
    assertThat(Outcome.of("export", model, file.toString())).isEqualTo(new Outcome(0, "", ""));
    assertThat(Onnx.ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getOutputList())
        .extracting(Onnx.ValueInfoProto::getName)
        .contains("code", "reconstruction");
  }

  @Test
  void evaluateMeasuresAModelOfDigits() throws IOException {
    StackedDenoisingAutoEncoder digits =
        StackedDenoisingAutoEncoder.builder(784, 5)
            .output(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
            .build();
    digits.save(Path.of(model), false);
    Outcome outcome = Outcome.of("evaluate", model, "--data=drawn", "--images=30");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .containsPattern("test +error \\d+\\.\\d\\d % of 30 images, F1 0\\.\\d{4}\n")
        .containsPattern("test +reconstruction error \\d+\\.\\d, mean of 30 images\n")
        .contains("confusion");
    int counted =
        outcome
            .out()
            .lines()
            .filter(line -> line.matches("   \\d( +\\d+){10}"))
            .flatMap(line -> Arrays.stream(line.strip().split(" +")).skip(1))
            .mapToInt(Integer::parseInt)
            .sum();
    assertThat(counted).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          encode no.zip IN OUT            | error: no.zip: no such model
          encode IN IN OUT                | error: Cannot load IN: expected a model that
          encode MODEL no.csv OUT         | error: no.csv: no such file, or it cannot be read
          encode MODEL BAD OUT            | error: BAD:1: must have 4 columns, the model's input, got 2
          encode MODEL IN OUT --layer=2   | error: --layer must be in [0, 1], got 2
          encode MODEL IN OUT --layer=x   | error: Invalid value for option '--layer': 'x' is not an int (see 'dae4j encode --help')
          encode MODEL IN OUT --threads=0 | error: --threads must be in [1, 256], got 0
          encode MODEL IN OUT --separator=; | error: --separator must be left out unless the model is of a table, got ;
          encode MODEL IN OUT --missing=NA | error: --missing must be left out unless the model is of a table, got NA
          encode MODEL IN                 | error: Missing required parameter: 'OUT.csv' (see 'dae4j encode --help')
          filters MODEL OUT               | error: OUT.png must be a name that ends with .png, got OUT
          filters MODEL PNG --tiles=10    | error: --tiles must be two numbers in [1, 9999], as 10x10, got 10
          filters MODEL PNG --layer=-1    | error: --layer must be in [0, 1], got -1
          filters MODEL PNG --pixels=3x1  | error: --pixels must be HEIGHTxWIDTH of the model's input, 4 in all, got 3x1
          evaluate MODEL --header=no      | error: --header must be left out unless the model is of a table, got no
          evaluate MODEL                  | error: --data must be given for a model that has no configuration.yaml beside it, got nothing
          evaluate MODEL . --images=3     | error: --images must be left out beside pictures, got 3
          evaluate MODEL . --seed=7       | error: --seed must be left out beside pictures, got 7
          evaluate MODEL . --data=drawn   | error: --data must be left out beside pictures, got drawn
          evaluate MODEL --seed=7         | error: --seed must be left out without --data drawn, got 7
          evaluate MODEL --data=x --seed=7 | error: --seed must be left out without --data drawn, got 7
          evaluate no.zip                 | error: no.zip: no such model
          evaluate no.zip IN              | error: no.zip: no such model
          predict no.zip IN OUT           | error: no.zip: no such model
          evaluate MODEL --data=drawn     | error: MODEL must be a model of images of 784 pixels, got 4
          evaluate MODEL --data=nowhere   | error: nowhere does not hold MNIST
          evaluate MODEL --data=drawn --images=0 | error: --images must be in [1, 100000], got 0
          frobnicate                      | error: Unmatched argument at index 0: 'frobnicate'
          ''                              | error: Missing required subcommand
          """)
  void whatIsWrongIsOneLineAndExitCodeTwo(String command, String message) throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), "1,2\n");
    Outcome outcome =
        Outcome.of(
            Stream.of(command.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.equals("MODEL") ? model : word)
                .map(word -> word.equals("IN") ? in : word)
                .map(word -> word.equals("BAD") ? bad.toString() : word)
                .map(word -> word.equals("OUT") ? out() : word)
                .map(word -> word.equals("PNG") ? out() + ".png" : word)
                .toArray(String[]::new));
    assertThat(outcome.err())
        .startsWith(
            message
                .replace("IN:", in + ":")
                .replace("BAD", bad.toString())
                .replaceFirst("OUT$", out()))
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(Path.of(out())).doesNotExist();
  }

  @Test
  void aStackTraceIsShownIfItIsAskedFor() {
    assertThat(Outcome.of("encode", "no.zip", in, out(), "--stacktrace").err())
        .startsWith("error: no.zip: no such model\n")
        .contains("\tat io.github.dae4j.");
  }

  @Test
  void numbersOutsideOfTheModelsRangeAreScoredAndFarFromIt() throws IOException {
    Outcome outcome =
        Outcome.ofInput("0,0,0,1\n0,0,0,2\n", "reconstruct", "--errors", model, "-", out());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    List<String> errors = Files.readAllLines(Path.of(out()));
    assertThat(Float.parseFloat(errors.get(1))).isGreaterThan(Float.parseFloat(errors.get(0)));
  }

  @Test
  void anOutputThatCannotBeWrittenIsAFailure() {
    Outcome outcome = Outcome.of("encode", model, in, folder.toString());
    assertThat(outcome.err()).isEqualTo("error: Cannot write " + folder + ": it is a folder\n");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private static String text(INDArray rows) {
    return Arrays.stream(rows.toFloatMatrix())
        .map(
            row ->
                IntStream.range(0, row.length)
                    .mapToObj(i -> Float.toString(row[i]))
                    .collect(Collectors.joining(",")))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
