package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.factory.Nd4j;

/** Each command with each kind of model: it works, or says why it does not. */
class EveryModelTest {

  private static final int WIDTH = 9;

  private static final List<String> COMMANDS =
      List.of(
          "encode MODEL IN OUT",
          "encode MODEL IN OUT --layer=0",
          "reconstruct MODEL IN OUT",
          "reconstruct MODEL IN OUT --errors",
          "filters MODEL OUT",
          "filters MODEL OUT --layer=0 --pixels=1x9",
          "export MODEL OUT",
          "export MODEL OUT --onnx",
          "evaluate MODEL --data=drawn --images=20");

  /** What is refused, and why; all else works. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "filters MODEL OUT --layer=0 --pixels=1x9", "--layer must be one that has weights, got 0",
          "evaluate MODEL --data=drawn --images=20", "MODEL must be a model of ",
          "reconstruct MODEL IN OUT",
              "MODEL cannot reconstruct: the way down from the top code needs",
          "reconstruct MODEL IN OUT --errors", "MODEL cannot reconstruct: the way down from");

  @TempDir private Path folder;

  static Stream<Arguments> cases() {
    Map<String, StackedDenoisingAutoEncoder> models =
        Map.of(
            "plain", stack(),
            "dropout", stack(new DropoutLayer(0.5)),
            "batch normalization",
                stack(new BatchNormalization.Builder().nIn(WIDTH).nOut(WIDTH).build()),
            "activation", stack(new ActivationLayer(Activation.SIGMOID)),
            "no classes", StackedDenoisingAutoEncoder.builder(WIDTH, 5, 3).build(),
            "one unit", StackedDenoisingAutoEncoder.builder(WIDTH, 1).build(),
            "normalization",
                StackedDenoisingAutoEncoder.builder(WIDTH, 5, 3).normalization(scaler()).build());
    return models.entrySet().stream()
        .flatMap(
            model ->
                COMMANDS.stream()
                    .map(command -> arguments(model.getKey(), model.getValue(), command)));
  }

  /** A classifier of two classes above what is given. */
  private static StackedDenoisingAutoEncoder stack(Layer... bottom) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(1).activation(Activation.SIGMOID).list();
    Stream.of(bottom).forEach(layers::layer);
    layers.layer(
        new DenoisingAutoEncoder.Builder()
            .nIn(WIDTH)
            .nOut(5)
            .corruption(new MaskingCorruption(0.2))
            .build());
    layers.layer(new OutputLayer.Builder().nIn(5).nOut(2).activation(Activation.SOFTMAX).build());
    PretrainableNetwork network = new PretrainableNetwork(layers.build());
    network.init();
    return StackedDenoisingAutoEncoder.of(network);
  }

  private static NormalizerMinMaxScaler scaler() {
    NormalizerMinMaxScaler scaler = new NormalizerMinMaxScaler();
    INDArray rows = Nd4j.vstack(Nd4j.zeros(1, WIDTH), Nd4j.ones(1, WIDTH).muli(2));
    scaler.fit(new DataSet(rows, rows));
    return scaler;
  }

  /** Of what the command writes: filters and exports have endings that say so. */
  private static String name(String command) {
    if (command.startsWith("filters")) {
      return "out.png";
    }
    return command.startsWith("export") ? "out.zip" : "out";
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("cases")
  void worksOrSaysWhyNot(String kind, StackedDenoisingAutoEncoder stack, String command)
      throws IOException {
    Path model = folder.resolve("model.zip");
    stack.save(model, false);
    Path out = folder.resolve(name(command));
    Outcome outcome =
        Outcome.of(
            command
                .replace("MODEL", model.toString())
                .replace("IN", rows().toString())
                .replace("OUT", out.toString())
                .split(" "));
    if (outcome.exitCode() == 0) {
      assertThat(command.startsWith("evaluate") || Files.size(out) > 0).isTrue();
    } else {
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
      assertThat(REFUSED).containsKey(command);
      assertThat(outcome.err())
          .startsWith("error: ")
          .contains(REFUSED.get(command))
          .doesNotContain("Exception", "null", "--stacktrace")
          .hasLineCount(1);
      assertThat(out).doesNotExist();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void exportedNetworksGiveTheSameOutputToDl4j(
      String kind, StackedDenoisingAutoEncoder stack, String command) throws IOException {
    if (!command.startsWith("export")) {
      return;
    }
    Path model = folder.resolve("model.zip");
    stack.save(model, false);
    Path out = folder.resolve("plain.zip");
    Outcome outcome = Outcome.of("export", model.toString(), out.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            kind.equals("normalization")
                ? "export: a plain network has no normalization: give it input that"
                    + " NormalizerMinMaxScaler has transformed\n"
                : "");
    INDArray x =
        Nd4j.linspace(0, 1, WIDTH).reshape(1, WIDTH).castTo(stack.network().params().dataType());
    assertThat(MultiLayerNetwork.load(out.toFile(), false).output(x.dup()))
        .isEqualTo(stack.network().output(x.dup())); // DL4J's ActivationLayer overwrites its input
  }

  @Test
  void aLayerThatOnnxDoesNotKnowIsNamed() throws IOException {
    Path model = folder.resolve("model.zip");
    stack(new DenseLayer.Builder().nIn(WIDTH).nOut(WIDTH).hasLayerNorm(true).build())
        .save(model, false);
    Path out = folder.resolve("out.onnx");
    Outcome outcome = Outcome.of("export", model.toString(), out.toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("error: MODEL cannot be exported: ")
        .endsWith("not layer 0 (DenseLayer \"layer0\")\n");
    assertThat(out).doesNotExist();
  }

  @Test
  void theOnnxFileOfAStackWithoutInverseSaysWhatItLacks() throws IOException {
    Path model = folder.resolve("model.zip");
    stack(new ActivationLayer(Activation.SIGMOID)).save(model, false);
    Outcome outcome = Outcome.of("export", model.toString(), "--onnx", "/dev/null");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .startsWith("export: the file has no reconstruction: MODEL cannot reconstruct: ")
        .hasLineCount(1);
  }

  private Path rows() throws IOException {
    String row =
        IntStream.range(0, WIDTH)
            .mapToObj(i -> "0." + i)
            .collect(Collectors.joining(",", "", "\n"));
    return Files.writeString(folder.resolve("in.csv"), row + row);
  }
}
