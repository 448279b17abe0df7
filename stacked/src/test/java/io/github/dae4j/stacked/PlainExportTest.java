package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class PlainExportTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SIGMOID", "TANH", "RELU", "IDENTITY", "ELU", "SOFTMAX"})
  void theOutputIsTheSameToTheLastBit(Activation activation) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      for (WorkspaceMode mode : new WorkspaceMode[] {WorkspaceMode.ENABLED, WorkspaceMode.NONE}) {
        StackedDenoisingAutoEncoder stack =
            SmallStacks.two().activation(activation).dataType(type).build();
        stack.network().fit(SmallStacks.labelled(6));
        stack.network().getLayerWiseConfigurations().setInferenceWorkspaceMode(mode);
        assertSameOutput(stack);
      }
    }
  }

  private static MultiLayerNetwork assertSameOutput(StackedDenoisingAutoEncoder stack) {
    MultiLayerNetwork plain = stack.toDenseNetwork();
    DataType type = stack.network().getLayerWiseConfigurations().getDataType();
    for (int rows : new int[] {1, 7, 64}) {
      INDArray x = SmallStacks.data(rows).castTo(type);
      assertThat(SmallStacks.exact(plain.output(x)))
          .containsExactly(SmallStacks.exact(stack.network().output(x)));
    }
    assertThat(plain.getLayerWiseConfigurations().toJson()).doesNotContain("dae4j");
    return plain;
  }

  @Test
  void layersAroundItStay() {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.of(
            new DenseLayer.Builder().nIn(12).nOut(10).activation(Activation.TANH).build(),
            SmallStacks.layer(10, 8).tiedWeights(false).dropOut(0.5).build(),
            new BatchNormalization.Builder().nIn(8).nOut(8).build(),
            new DropoutLayer.Builder(0.5).build(),
            new FrozenLayer(SmallStacks.layer(8, 5).build()),
            new OutputLayer.Builder().nIn(5).nOut(3).activation(Activation.SOFTMAX).build());
    MultiLayerNetwork plain = assertSameOutput(stack);
    assertThat(plain.getLayer(1).conf().getLayer()).isInstanceOf(DenseLayer.class);
    assertThat(plain.getLayer(2).conf().getLayer()).isInstanceOf(BatchNormalization.class);
    assertThat(plain.getLayer(4)).isInstanceOf(org.deeplearning4j.nn.layers.FrozenLayer.class);
  }

  @Test
  void settingsOfTheLayerAreKept() {
    Layer layer =
        SmallStacks.layer(12, 8)
            .name("codes")
            .l2(0.1)
            .biasInit(0.3)
            .updater(new Sgd(0.7))
            .biasUpdater(new Sgd(0.2))
            .constrainAllParameters(new NonNegativeConstraint())
            .build();
    MultiLayerNetwork plain =
        SmallStacks.of(
                layer,
                new OutputLayer.Builder().nIn(8).nOut(3).activation(Activation.SOFTMAX).build())
            .toDenseNetwork();
    DenseLayer dense = (DenseLayer) plain.getLayer(0).conf().getLayer();
    assertThat(dense.getLayerName()).isEqualTo("codes");
    assertThat(dense.getIUpdater()).isEqualTo(new Sgd(0.7));
    assertThat(dense.getBiasUpdater()).isEqualTo(new Sgd(0.2));
    assertThat(dense.getRegularization()).hasSize(1);
    assertThat(dense.getBiasInit()).isEqualTo(0.3);
    assertThat(dense.getConstraints().get(0).getParams()).containsExactlyInAnyOrder("W", "b");
    assertThat(plain.getLayer(0).conf().variables()).containsExactly("W", "b");
    plain.fit(SmallStacks.labelled(6));
  }

  @Test
  void trainingGivesTheSameAsTheStack() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().updater(new Sgd(0.1)).build();
    MultiLayerNetwork plain = stack.toDenseNetwork();
    plain.fit(SmallStacks.labelled(6));
    stack.network().fit(SmallStacks.labelled(6));
    assertThat(SmallStacks.exact(plain.output(SmallStacks.data(4))))
        .containsExactly(SmallStacks.exact(stack.network().output(SmallStacks.data(4))));
  }

  @Test
  void theExportIsANetworkOfItsOwn() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    MultiLayerConfiguration conf = stack.network().getLayerWiseConfigurations().clone();
    INDArray params = stack.network().params().dup();
    Nd4j.getRandom().setSeed(3);
    INDArray expected = Nd4j.rand(2);
    Nd4j.getRandom().setSeed(3);
    MultiLayerNetwork plain = stack.toDenseNetwork();
    assertThat(Nd4j.rand(2)).isEqualTo(expected);
    plain.fit(SmallStacks.labelled(6));
    assertThat(stack.network().params()).isEqualTo(params);
    assertThat(stack.network().getLayerWiseConfigurations()).isEqualTo(conf);
  }

  @Test
  void theFileNamesNoClassOfThisLibrary() throws IOException {
    Path file = exported(SmallStacks.two().build());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("dae4j");
      }
    }
  }

  @Test
  void theFileIsReadWithoutThisLibrary() throws Exception {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    Path file = exported(stack);
    Path result = folder.resolve("output.txt");
    Path log = folder.resolve("log.txt");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPathWithoutThisLibrary(),
                PlainReader.class.getName(),
                file.toString(),
                result.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).as(() -> contentOf(log)).isZero();
    } finally {
      child.destroyForcibly();
    }
    INDArray output = stack.network().output(PlainReader.input());
    assertThat(result).hasContent(Arrays.toString(SmallStacks.exact(output)));
  }

  private Path exported(StackedDenoisingAutoEncoder stack) throws IOException {
    Path file = folder.resolve("plain.zip");
    stack.toDenseNetwork().save(file.toFile(), true);
    return file;
  }

  /** The tests' own classes stay, for {@link PlainReader}. */
  private static String classPathWithoutThisLibrary() {
    String here =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> places = List.of(here.split(File.pathSeparator));
    String rest =
        places.stream()
            .filter(place -> !place.endsWith("classes") || place.endsWith("test-classes"))
            .filter(place -> !place.contains("dae4j-"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(rest).contains("deeplearning4j-nn");
    return rest;
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
