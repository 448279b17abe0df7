package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.layer.ColumnBlock;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.MixedColumnsLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.ValueInfoProto;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OnnxExportTest {

  @TempDir private Path folder;

  /** What a stack gives is what its file gives; rows of one, several and many minibatches. */
  private Map<String, INDArray> assertSame(StackedDenoisingAutoEncoder stack, INDArray x)
      throws IOException {
    Path file = folder.resolve("model.onnx");
    stack.exportOnnx(file);
    Map<String, INDArray> outputs = OnnxRows.outputs(file, x);
    OnnxRows.assertSame(outputs.get("code"), stack.encode(x));
    if (outputs.containsKey("reconstruction")) {
      OnnxRows.assertSame(outputs.get("reconstruction"), stack.reconstruct(x));
    }
    if (outputs.containsKey("prediction")) {
      OnnxRows.assertSame(outputs.get("prediction"), stack.predict(x));
    }
    return outputs;
  }

  /** Some of each sign, so that all branches of an activation are taken. */
  private static INDArray data() {
    return SmallStacks.data(50).mul(10).sub(5);
  }

  @ParameterizedTest
  @EnumSource(value = Activation.class)
  void everyActivationOfDl4j(Activation activation) throws IOException {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(SmallStacks.WIDTH, 8)
            .activation(activation)
            .visible(activation, LossFunction.L2)
            .tiedWeights(activation.ordinal() % 2 == 0)
            .output(new OutputLayer.Builder(LossFunction.L2).nOut(3).activation(activation).build())
            .build();
    assertThat(assertSame(stack, data())).containsOnlyKeys("code", "prediction", "reconstruction");
  }

  static Stream<IActivation> withSettings() {
    return Stream.of(
        new ActivationELU(0.4),
        new ActivationGELU(true),
        new ActivationLReLU(0.2),
        new ActivationThresholdedReLU(0.3),
        new ActivationReLU(1.5, null, null),
        new ActivationReLU(1.5, 0.2, 0.1),
        new ActivationReLU(null, null, 0.1),
        new ActivationReLU(null, 0.5, null));
  }

  @ParameterizedTest
  @MethodSource("withSettings")
  void theSettingsOfActivations(IActivation activation) throws IOException {
    assertSame(
        SmallStacks.of(
            SmallStacks.layer(12, 8).activation(activation).inputRangeChecked(false).build(),
            SmallStacks.layer(8, 5).activation(activation).build()),
        data());
  }

  static Stream<DataNormalization> normalizations() {
    INDArray rows = data();
    rows.getColumn(3).assign(7); // whose deviation is 0
    DataSet set = new DataSet(rows, rows);
    NormalizerStandardize standardize = new NormalizerStandardize();
    standardize.fit(set);
    NormalizerMinMaxScaler unit = new NormalizerMinMaxScaler();
    unit.fit(set);
    NormalizerMinMaxScaler range = new NormalizerMinMaxScaler(-1, 3);
    range.fit(set);
    return Stream.of(
        standardize,
        unit,
        range,
        new ImagePreProcessingScaler(),
        new ImagePreProcessingScaler(-1, 1));
  }

  @ParameterizedTest
  @MethodSource("normalizations")
  void theUserUnitsGoInAndComeOut(DataNormalization units) throws IOException {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray x = SmallStacks.data(300).mul(9).sub(4);
      x.getColumn(3).assign(7);
      assertSame(
          SmallStacks.two()
              .visible(Activation.IDENTITY, LossFunction.L2)
              .dataType(type)
              .normalization(units)
              .build(),
          x);
    }
  }

  @Test
  void everyOtherLayerThatItKnows() throws IOException {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.of(
            new BatchNormalization.Builder().nIn(12).nOut(12).eps(0.01).build(),
            new DropoutLayer.Builder(0.5).build(),
            new DenseLayer.Builder().nIn(12).nOut(10).activation(Activation.TANH).build(),
            new ActivationLayer.Builder().activation(Activation.SWISH).build(),
            new DenseLayer.Builder().nIn(10).nOut(10).hasBias(false).build(),
            SmallStacks.layer(10, 8).tiedWeights(false).dropOut(0.5).build(),
            new BatchNormalization.Builder(true).nIn(8).nOut(8).gamma(2).beta(0.3).build(),
            new FrozenLayer(SmallStacks.layer(8, 6).build()),
            new BatchNormalization.Builder().nIn(6).nOut(6).useLogStd(true).build(),
            new DenseLayer.Builder().nIn(6).nOut(3).activation(Activation.IDENTITY).build(),
            new LossLayer.Builder().activation(Activation.SOFTMAX).build());
    for (int i = 0; i < 5; i++) {
      stack.network().fit(SmallStacks.labelled(20)); // moves means and variances
    }
    assertThat(assertSame(stack, data())).containsOnlyKeys("code", "prediction");
  }

  @Test
  void outputsAreThoseThatTheStackHas() throws IOException {
    assertThat(assertSame(StackedDenoisingAutoEncoder.builder(12, 4).build(), SmallStacks.data(50)))
        .containsOnlyKeys("code", "reconstruction");
    StackedDenoisingAutoEncoder open =
        SmallStacks.of(
            SmallStacks.layer(12, 4).build(),
            new DenseLayer.Builder().nIn(4).nOut(2).activation(Activation.TANH).build());
    assertThat(assertSame(open, SmallStacks.data(50))).containsOnlyKeys("code", "reconstruction");
    StackedDenoisingAutoEncoder dropping =
        SmallStacks.of(
            SmallStacks.layer(12, 4).build(),
            new DropoutLayer.Builder(0.5).build(),
            SmallStacks.layer(4, 1).build());
    assertThat(assertSame(dropping, SmallStacks.data(1)))
        .containsOnlyKeys("code", "reconstruction");
  }

  @Test
  void mixedColumnsComeAsTheirLossExpectsThem() throws IOException {
    MixedColumnsLoss loss =
        new MixedColumnsLoss(
            ColumnBlock.numeric(3),
            ColumnBlock.categorical(4),
            ColumnBlock.categorical(1),
            ColumnBlock.binary(2),
            ColumnBlock.numeric(2));
    INDArray x = SmallStacks.data(40);
    StackedDenoisingAutoEncoder stack = mixed(loss).build();
    Path file = folder.resolve("mixed.onnx");
    stack.exportOnnx(file);
    OnnxRows.assertSame(
        OnnxRows.outputs(file, x).get("reconstruction"), loss.expected(stack.reconstruct(x)));

    MixedColumnsLoss one = new MixedColumnsLoss(ColumnBlock.categorical(12));
    StackedDenoisingAutoEncoder word = mixed(one).build();
    word.exportOnnx(file);
    OnnxRows.assertSame(
        OnnxRows.outputs(file, x).get("reconstruction"), one.expected(word.reconstruct(x)));
  }

  private static StackBuilder mixed(MixedColumnsLoss loss) {
    return SmallStacks.two().visible(Activation.IDENTITY, loss);
  }

  @Test
  void missingCellsAreThoseOfTheStack() throws IOException {
    INDArray x = SmallStacks.data(40);
    for (int row = 0; row < 40; row++) {
      x.putScalar(row, row % 12, Double.NaN);
    }
    assertSame(
        SmallStacks.two()
            .missingAllowed(true)
            .normalization(new ImagePreProcessingScaler())
            .build(),
        x);
  }

  @Test
  void theFileDescribesItself() throws IOException {
    Path file = folder.resolve("model.onnx");
    SmallStacks.two().build().exportOnnx(file);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(model.getProducerName()).isEqualTo("dae4j");
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(15);
    assertThat(model.getGraph().getInputList())
        .extracting(OnnxExportTest::describe)
        .containsExactly("x [batch, 12]");
    assertThat(model.getGraph().getOutputList())
        .extracting(OnnxExportTest::describe)
        .containsExactly("code [batch, 5]", "reconstruction [batch, 12]", "prediction [batch, 3]");
    assertThat(model.getGraph().getOutputList())
        .allSatisfy(output -> assertThat(output.getDocString()).isNotBlank());
  }

  private static String describe(ValueInfoProto value) {
    return "%s [%s, %d]"
        .formatted(
            value.getName(),
            value.getType().getTensorType().getShape().getDim(0).getDimParam(),
            value.getType().getTensorType().getShape().getDim(1).getDimValue());
  }

  /** Twice the value. */
  public static final class Twice extends BaseActivationFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return in.muli(2);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      return Pair.of(epsilon.mul(2), null);
    }
  }

  @Test
  void whatItDoesNotKnowIsRefusedByName() throws IOException {
    Map<Layer, String> refused = new LinkedHashMap<>();
    refused.put(
        new DenseLayer.Builder().nIn(12).nOut(10).hasLayerNorm(true).name("hidden").build(),
        "not layer 0 (DenseLayer \"hidden\")");
    refused.put(
        new org.deeplearning4j.nn.conf.layers.AutoEncoder.Builder().nIn(12).nOut(10).build(),
        "not layer 0 (AutoEncoder ");
    refused.put(
        new DenseLayer.Builder().nIn(12).nOut(10).activation(new Twice()).build(),
        "the activation " + Twice.class.getName() + " of layer 0 (DenseLayer ");
    refused.put(
        new DenoisingAutoEncoder.Builder()
            .nIn(12)
            .nOut(10)
            .decoderActivation(new Twice())
            .reconstructionLoss(LossFunction.L2)
            .build(),
        Twice.class.getName() + " of the decoder of layer 0 (DenoisingAutoEncoder ");
    Path file = Files.writeString(folder.resolve("before.onnx"), "before");
    refused.forEach(
        (layer, message) -> {
          StackedDenoisingAutoEncoder stack =
              SmallStacks.of(layer, SmallStacks.layer(10, 5).build());
          assertThatThrownBy(() -> stack.exportOnnx(file))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessageContaining(message);
        });
    assertThat(file).hasContent("before");
  }

  @Test
  void aPreprocessorIsRefused() {
    StackedDenoisingAutoEncoder stack = SmallStacks.two().build();
    stack
        .network()
        .getLayerWiseConfigurations()
        .setInputPreProcessors(Map.of(1, new CnnToFeedForwardPreProcessor(1, 8, 1)));
    assertThatThrownBy(() -> stack.exportOnnx(folder.resolve("model.onnx")))
        .hasMessageEndingWith("not the preprocessor before layer 1");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("none").resolve("model.onnx");
    assertThatThrownBy(() -> SmallStacks.two().build().exportOnnx(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aLinkStays() throws IOException {
    Path target = Files.createFile(folder.resolve("target.onnx"));
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), target.getFileName());
    SmallStacks.two().build().exportOnnx(link);
    assertThat(link).isSymbolicLink();
    assertThat(Files.size(target)).isPositive();
  }

  @Test
  void exportingChangesNothing() throws IOException {
    StackedDenoisingAutoEncoder stack =
        SmallStacks.two()
            .inputRangeChecked(false)
            .normalization(normalizations().findFirst().orElseThrow())
            .build();
    INDArray before = stack.reconstruct(data());
    double[] next = next(stack, false);
    assertThat(next(stack, true)).containsExactly(next);
    assertThat(SmallStacks.exact(stack.reconstruct(data())))
        .containsExactly(SmallStacks.exact(before));
  }

  /** What the global generator gives next. */
  private double[] next(StackedDenoisingAutoEncoder stack, boolean exports) throws IOException {
    Nd4j.getRandom().setSeed(3);
    if (exports) {
      stack.exportOnnx(folder.resolve("model.onnx"));
    }
    return SmallStacks.exact(Nd4j.rand(2));
  }
}
