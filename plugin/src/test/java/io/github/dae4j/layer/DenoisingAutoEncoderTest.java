package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryType;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The configuration: its defaults, what it refuses and how it is compared, copied and written. */
class DenoisingAutoEncoderTest {

  @Test
  void defaultsAreThoseOfTheOrdinaryAutoencoderOfBinaryData() {
    DenoisingAutoEncoder layer = new DenoisingAutoEncoder.Builder().build();
    assertThat(layer.getDecoderActivation()).isEqualTo(Activation.SIGMOID.getActivationFunction());
    assertThat(layer.getReconstructionLoss()).isEqualTo(new LossBinaryXENT());
    assertThat(layer.getCorruption()).isEqualTo(new NoCorruption());
    assertThat(layer.getEmphasis()).isEqualTo(new Emphasis(1, 1));
    assertThat(layer.isTiedWeights()).isTrue();
    assertThat(layer.getVisibleBiasInit()).isZero();
    assertThat(layer.isInputRangeChecked()).isTrue();
    assertThat(layer.getContraction()).isZero();
    assertThat(layer.getSparsity().weight()).isZero();
    assertThat(layer.isMissingAllowed()).isFalse();
  }

  @Test
  void reconstructionCrossEntropyIsBinaryCrossEntropy() {
    assertThat(LossFunction.RECONSTRUCTION_CROSSENTROPY.getILossFunction())
        .as("DL4J's own")
        .isInstanceOf(LossKLD.class);
    assertThat(
            Small.layer()
                .reconstructionLoss(LossFunction.RECONSTRUCTION_CROSSENTROPY)
                .build()
                .getReconstructionLoss())
        .isEqualTo(new LossBinaryXENT());
  }

  @Test
  void everyOtherLossIsDl4js() {
    assertThat(
            Small.layer()
                .reconstructionLoss(LossFunction.KL_DIVERGENCE)
                .build()
                .getReconstructionLoss())
        .isEqualTo(new LossKLD());
  }

  @Test
  void aLossOfClassNumbersIsRefused() {
    String message =
        "DenoisingAutoEncoder reconstructionLoss must compare a value for each feature, got"
            + " LossSparseMCXENT(), which takes the number of a class";
    assertThatThrownBy(() -> Small.layer().reconstructionLoss(LossFunction.SPARSE_MCXENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Small.layer().reconstructionLoss(new LossSparseMCXENT()))
        .hasMessage(message);
    assertThatThrownBy(() -> Small.layer().build().withReconstructionLoss(new LossSparseMCXENT()))
        .hasMessage(message);
  }

  @Test
  void parametersMustNotBeNull() {
    DenoisingAutoEncoder.Builder builder = Small.layer();
    assertThatNullPointerException()
        .isThrownBy(() -> builder.decoderActivation((IActivation) null))
        .withMessage("DenoisingAutoEncoder decoderActivation must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.decoderActivation((Activation) null))
        .withMessage("DenoisingAutoEncoder decoderActivation must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.corruption(null))
        .withMessage("DenoisingAutoEncoder corruption must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.reconstructionLoss((ILossFunction) null))
        .withMessage("DenoisingAutoEncoder reconstructionLoss must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.reconstructionLoss((LossFunction) null))
        .withMessage("DenoisingAutoEncoder reconstructionLoss must not be null");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void theVisibleBiasMustBeFinite(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.layer().visibleBiasInit(value))
        .withMessage("DenoisingAutoEncoder visibleBiasInit must be finite, got " + value);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.5, 1, corrupted, -0.5", "NaN, 1, corrupted, NaN", "Infinity, 1, corrupted, Infinity",
    "1, -0.5, untouched, -0.5", "1, NaN, untouched, NaN", "1, Infinity, untouched, Infinity"
  })
  void emphasisMustBeFiniteAndNotNegative(
      double corrupted, double untouched, String cells, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.layer().emphasis(corrupted, untouched))
        .withMessage(
            "DenoisingAutoEncoder emphasis on %s cells must be finite and >= 0, got %s",
            cells, value);
  }

  @Test
  void emphasisMustNotBeZeroOnAllCells() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.layer().emphasis(0, 0))
        .withMessage(
            "DenoisingAutoEncoder emphasis must not be 0 on corrupted and untouched cells alike");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SIGMOID", "HARDSIGMOID"})
  void crossEntropyNeedsADecoderThatStaysInTheUnitInterval(Activation activation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.layer().decoderActivation(activation).build())
        .withMessage(
            "DenoisingAutoEncoder decoderActivation must be sigmoid, hardsigmoid or a class of your"
                + " own for binary cross-entropy, got %s; softmax goes with LossMCXENT, and any"
                + " activation with squared error, LossL2",
            activation.getActivationFunction());
  }

  @Test
  void theSizesMustBeKnownWhenTheNetworkIsBuilt() {
    assertThatThrownBy(() -> Small.network(new DenoisingAutoEncoder.Builder().nIn(3)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessage(
            "DenoisingAutoEncoder (index=0, name=layer0) nIn=3, nOut=0; nIn and nOut must be > 0");
  }

  static Stream<UnaryOperator<DenoisingAutoEncoder.Builder>> differences() {
    return Stream.of(
        b -> b.nIn(13),
        b -> b.nOut(9),
        b -> b.activation(Activation.TANH),
        b -> b.decoderActivation(Activation.HARDSIGMOID),
        b -> b.corruption(new MaskingCorruption(0.3)),
        b -> b.reconstructionLoss(new LossL2()),
        b -> b.emphasis(1, 0.5),
        b -> b.tiedWeights(false),
        b -> b.visibleBiasInit(0.1),
        b -> b.inputRangeChecked(false),
        b -> b.denoisingWeight(0.5),
        b -> b.contraction(0.5),
        b -> b.sparsity(0.1, 0.5),
        b -> b.missingAllowed(true),
        b -> b.updater(new Adam()));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void configurationsAreEqualIfEverythingIs(UnaryOperator<DenoisingAutoEncoder.Builder> change) {
    DenoisingAutoEncoder changed = change.apply(Small.layer()).build();
    assertThat(changed)
        .isEqualTo(change.apply(Small.layer()).build())
        .hasSameHashCodeAs(change.apply(Small.layer()).build())
        .isNotEqualTo(Small.layer().build());
  }

  @Test
  void toStringNamesWhatMatters() {
    assertThat(Small.layer().build())
        .hasToString(
            "DenoisingAutoEncoder(nIn=12, nOut=8, activation=sigmoid, decoderActivation=sigmoid,"
                + " corruption=MaskingCorruption[level=0.2, fill=[0.0]],"
                + " reconstructionLoss=LossBinaryXENT(), emphasis=Emphasis[corrupted=1.0,"
                + " untouched=1.0], tiedWeights=true)");
  }

  @Test
  void cloneIsEqualAndSharesNoState() {
    DenoisingAutoEncoder layer = Small.layer().dropOut(0.5).build();
    DenoisingAutoEncoder copy = (DenoisingAutoEncoder) layer.clone();
    assertThat(copy).isEqualTo(layer).isNotSameAs(layer);
    assertThat((Dropout) copy.getIDropout()).isNotSameAs(layer.getIDropout());
    copy.setNIn(99);
    assertThat(layer.getNIn()).isEqualTo(Small.WIDTH);
  }

  @ParameterizedTest
  @MethodSource("differences")
  void untiedIsWhatTheBuilderWouldHaveMade(UnaryOperator<DenoisingAutoEncoder.Builder> change) {
    DenoisingAutoEncoder tied = change.apply(constrained()).tiedWeights(true).build();
    assertThat(tied.untied()).isEqualTo(change.apply(constrained()).tiedWeights(false).build());
    assertThat(tied.untied().getConstraints().get(0).getParams())
        .containsExactlyInAnyOrder("W", "vW");
    assertThat(tied).isEqualTo(change.apply(constrained()).tiedWeights(true).build());
  }

  private static DenoisingAutoEncoder.Builder constrained() {
    return Small.layer()
        .constrainWeights(new MaxNormConstraint(1, 1))
        .constrainBias(new NonNegativeConstraint());
  }

  @ParameterizedTest
  @MethodSource("differences")
  void jsonAndYamlKeepEverything(UnaryOperator<DenoisingAutoEncoder.Builder> change) {
    MultiLayerConfiguration conf = configuration(change.apply(Small.layer()));
    assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
    assertThat(MultiLayerConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"level\" : 0.2|\"level\" : 1.5|MaskingCorruption level must be in [0, 1], got 1.5",
        "\"untouched\" : 1.0|\"untouched\" : -1.0|DenoisingAutoEncoder emphasis on untouched cells"
            + " must be finite and >= 0, got -1.0",
        "\"visibleBiasInit\" : 0.0|\"visibleBiasInit\" : \"NaN\"|DenoisingAutoEncoder"
            + " visibleBiasInit must be finite, got NaN",
      })
  void badValuesInJsonAreNamed(String good, String bad, String message) {
    String json = configuration(Small.layer()).toJson();
    assertThat(json).contains(good);
    assertThatThrownBy(
            () -> {
              MultiLayerConfiguration conf =
                  MultiLayerConfiguration.fromJson(json.replace(good, bad));
              new MultiLayerNetwork(conf).init();
            })
        .hasStackTraceContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"decoderActivation", "corruption", "reconstructionLoss", "emphasis", "sparsity"})
  void whatIsNullInJsonIsNamed(String parameter) throws IOException {
    MultiLayerConfiguration conf = edited(layer -> layer.putNull(parameter));
    assertThatNullPointerException()
        .isThrownBy(() -> new MultiLayerNetwork(conf).init())
        .withMessage("DenoisingAutoEncoder %s must not be null", parameter);
  }

  /** So that a file of this version can be read by one that has more to configure. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "decoderActivation",
        "reconstructionLoss",
        "emphasis",
        "tiedWeights",
        "contraction",
        "sparsity"
      })
  void whatIsMissingInJsonHasItsDefault(String parameter) throws IOException {
    assertThat(edited(layer -> layer.remove(parameter))).isEqualTo(configuration(Small.layer()));
  }

  private static MultiLayerConfiguration edited(Consumer<ObjectNode> edit) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode json = mapper.readTree(configuration(Small.layer()).toJson());
    edit.accept((ObjectNode) json.findValue("layer"));
    return MultiLayerConfiguration.fromJson(mapper.writeValueAsString(json));
  }

  @Test
  void aCorruptionForAnotherWidthIsRefusedWhenTheNetworkIsBuilt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.network(Small.layer().corruption(new ForThree())))
        .withMessage("three features, not 12");
  }

  private record ForThree() implements Corruption {

    @Override
    public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void validateFor(long features) {
      throw new IllegalArgumentException("three features, not " + features);
    }
  }

  static Stream<InputType> inputTypes() {
    return Stream.of(
        InputType.feedForward(12),
        InputType.convolutionalFlat(3, 4, 1),
        InputType.convolutional(3, 4, 1));
  }

  @ParameterizedTest
  @MethodSource("inputTypes")
  void theInputTypeSetsTheWidth(InputType type) {
    MultiLayerConfiguration conf =
        Small.settings()
            .list()
            .layer(new DenoisingAutoEncoder.Builder().nOut(5).build())
            .layer(new DenoisingAutoEncoder.Builder().nOut(4).build())
            .layer(Small.output(0))
            .setInputType(type)
            .build();
    MultiLayerNetwork net = new MultiLayerNetwork(conf);
    net.init();
    assertThat(net.getParam("0_W").shape()).containsExactly(12, 5);
    assertThat(net.getParam("1_W").shape()).containsExactly(5, 4);
    assertThat(net.getParam("2_W").shape()).containsExactly(4, Small.CLASSES);
  }

  @Test
  void theInputTypeOfAGraphSetsTheWidth() {
    ComputationGraph graph =
        new ComputationGraph(
            Small.settings()
                .graphBuilder()
                .addInputs("in")
                .addLayer("dae", new DenoisingAutoEncoder.Builder().nOut(5).build(), "in")
                .addLayer("out", Small.output(0), "dae")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(12))
                .build());
    graph.init();
    assertThat(graph.getParam("dae_W").shape()).containsExactly(12, 5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theMemoryReportCountsParametersAndUpdaterState(boolean tied) {
    DenoisingAutoEncoder layer = Small.layer().tiedWeights(tied).updater(new Adam()).build();
    LayerMemoryReport report = layer.getMemoryReport(InputType.feedForward(Small.WIDTH));
    long params = 12 * 8 + 8 + 12 + (tied ? 0 : 8 * 12);
    assertThat(memory(report, MemoryType.PARAMETERS)).isEqualTo(params * 4);
    assertThat(memory(report, MemoryType.UPDATER_STATE)).isEqualTo(2 * params * 4);
    assertThat(memory(report, MemoryType.WORKING_MEMORY_VARIABLE))
        .isEqualTo(10 * (4 * 12 + 3 * 8) * 4);
  }

  private static long memory(LayerMemoryReport report, MemoryType type) {
    return report.getMemoryBytes(type, 10, MemoryUseMode.TRAINING, CacheMode.NONE, DataType.FLOAT);
  }

  @Test
  void theMemoryReportOfANetworkNamesTheLayer() {
    assertThat(
            configuration(Small.layer())
                .getMemoryReport(InputType.feedForward(Small.WIDTH))
                .toString())
        .contains("DenoisingAutoEncoder");
  }

  private static MultiLayerConfiguration configuration(DenoisingAutoEncoder.Builder layer) {
    return Small.settings().list().layer(layer.build()).layer(Small.output(Small.CODE)).build();
  }
}
