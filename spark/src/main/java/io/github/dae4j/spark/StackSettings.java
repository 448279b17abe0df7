package io.github.dae4j.spark;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.Emphasis;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackBuilder;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.EarlyStopping;
import io.github.dae4j.stacked.table.TableSchema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/** The estimator's parameters, checked, as stack and plan. */
final class StackSettings {

  /** Parameters that what is learnt does not depend on. */
  private static final Set<String> FREE =
      Set.of(
          "checkpointDirectory",
          "storageLevel",
          "outputCol",
          "reconstructionCol",
          "errorCol",
          "anomalyCol",
          "reasonsCol",
          "predictionCol",
          "probabilityCol",
          "contamination");

  private final StackParams params;

  StackSettings(StackParams params) {
    this.params = params;
    requireAtLeast("batchSize", integer("batchSize"), 1);
    requireAtLeast("patience", integer("patience"), 0);
    requireAtLeast("fineTuningEpochs", integer("fineTuningEpochs"), 1);
    requireAtLeast("partitions", integer("partitions"), 0);
    requireAtLeast("roundsPerEpoch", integer("roundsPerEpoch"), 0);
    for (int epochs : (int[]) value("epochs")) {
      requireAtLeast("epochs", epochs, 1);
    }
    for (int width : (int[]) value("layers")) {
      requireAtLeast("layers", width, 1);
    }
    double momentum = number("blockMomentum");
    require(
        momentum == -1 || momentum >= 0 && momentum < 1,
        "blockMomentum must be in [0, 1), or -1 for the rule",
        momentum);
    double contamination = number("contamination");
    require(
        contamination > 0 && contamination <= 0.5,
        "contamination must be in (0, 0.5]",
        contamination);
    double rate = number("learningRate");
    require(rate > 0 && Double.isFinite(rate), "learningRate must be finite and > 0", rate);
    require(
        integer("patience") == 0 || !text("validationCol").isEmpty(),
        "patience must be 0 without a validationCol",
        integer("patience"));
  }

  private static void requireAtLeast(String name, int value, int least) {
    require(value >= least, name + " must be >= " + least, value);
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("%s, got %s".formatted(rule, value));
    }
  }

  private Object value(String name) {
    Param<Object> param = params.getParam(name);
    return params.getOrDefault(param);
  }

  String text(String name) {
    return ((String) value(name)).strip();
  }

  int integer(String name) {
    return (int) value(name);
  }

  double number(String name) {
    return (double) value(name);
  }

  long seed() {
    return (long) value("seed");
  }

  /**
   * A stack with fresh weights.
   *
   * @param width of the input
   * @param schema null if the input is vectors
   * @param outputs of the layer for the label; 0 without one
   * @param isNumber whether the label is a number
   */
  StackedDenoisingAutoEncoder stack(int width, TableSchema schema, int outputs, boolean isNumber) {
    if (!text("configuration").isEmpty()) {
      return given(width, outputs);
    }
    double[] emphasis = (double[]) value("emphasis");
    require(emphasis.length == 2, "emphasis must be two weights", Arrays.toString(emphasis));
    String activation = text("activation");
    StackBuilder builder =
        StackedDenoisingAutoEncoder.builder(width, (int[]) value("layers"))
            .activation(
                activation.isEmpty()
                    ? schema == null ? Activation.SIGMOID : Activation.RELU
                    : activation(activation))
            .emphasis(new Emphasis(emphasis[0], emphasis[1]))
            .tiedWeights((boolean) value("tiedWeights"))
            .updater(updater())
            .seed(seed())
            .dataType(DataType.FLOAT);
    if (schema != null) {
      builder.visible(Activation.IDENTITY, schema.loss()).missingAllowed(true);
      Corruption[] given = corruptions();
      Corruption[] usual = new Corruption[((int[]) value("layers")).length];
      Arrays.fill(usual, new SwapCorruption(0.2));
      usual[0] = new SwapCorruption(0.2, schema.groups());
      builder.corruption(given == null ? usual : given);
    } else {
      Corruption[] given = corruptions();
      builder
          .corruption(given == null ? new Corruption[] {new MaskingCorruption(0.3)} : given)
          .missingAllowed((boolean) value("missingAllowed"));
      if (!isCrossEntropy()) {
        builder.visible(Activation.IDENTITY, LossFunction.L2);
      }
    }
    if (outputs > 0) {
      builder.output(
          isNumber
              ? new OutputLayer.Builder(LossFunction.MSE)
                  .nOut(1)
                  .activation(Activation.IDENTITY)
                  .build()
              : new OutputLayer.Builder(LossFunction.MCXENT)
                  .nOut(outputs)
                  .activation(Activation.SOFTMAX)
                  .build());
    }
    return builder.build();
  }

  private StackedDenoisingAutoEncoder given(int width, int outputs) {
    MultiLayerConfiguration conf;
    try {
      conf = MultiLayerConfiguration.fromJson(text("configuration"));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "configuration must be a network as DL4J writes it, but it cannot be read", e);
    }
    for (NeuralNetConfiguration layer : conf.getConfs()) {
      require(
          layer.getLayer() instanceof DenoisingAutoEncoder
              || layer.getLayer() instanceof OutputLayer,
          "configuration must have denoising autoencoders, and above them an output layer or none",
          layer.getLayer().getClass().getSimpleName());
    }
    long nIn = ((FeedForwardLayer) conf.getConf(0).getLayer()).getNIn();
    require(nIn == width, "configuration must have nIn %d, as the rows".formatted(width), nIn);
    require(
        conf.getDataType() == DataType.FLOAT,
        "configuration must have the data type FLOAT",
        conf.getDataType());
    boolean hasOutput = conf.getConf(conf.getConfs().size() - 1).getLayer() instanceof OutputLayer;
    require(
        hasOutput == outputs > 0,
        outputs > 0
            ? "configuration must have an output layer, for there is a labelCol"
            : "configuration must have no output layer, for there is no labelCol",
        conf.getConfs().size() + " layers");
    return StackedDenoisingAutoEncoder.of(new PretrainableNetwork(conf));
  }

  private static Activation activation(String name) {
    try {
      return Activation.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "activation must be one of %s, got %s"
              .formatted(Arrays.toString(Activation.values()), name),
          e);
    }
  }

  private boolean isCrossEntropy() {
    String loss = text("loss");
    require(
        loss.equals("cross-entropy") || loss.equals("squared"),
        "loss must be cross-entropy or squared",
        loss);
    return loss.equals("cross-entropy");
  }

  private Corruption[] corruptions() {
    return text("corruption").isEmpty()
        ? null
        : read("corruption", Corruption[].class, "a JSON array of corruptions");
  }

  private IUpdater updater() {
    return text("updater").isEmpty()
        ? new Sgd(number("learningRate"))
        : read("updater", IUpdater.class, "an updater as DL4J writes it");
  }

  private <T> T read(String name, Class<T> type, String what) {
    try {
      return NeuralNetConfiguration.mapper().readValue(text(name), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s must be %s, got %s".formatted(name, what, text(name)), e);
    }
  }

  /** Whether the bottom layer holds its input to [0, 1]. */
  static boolean inUnitInterval(StackedDenoisingAutoEncoder stack) {
    DenoisingAutoEncoder bottom =
        (DenoisingAutoEncoder) stack.network().getLayer(0).conf().getLayer();
    return bottom.isInputRangeChecked() && bottom.getReconstructionLoss() instanceof LossBinaryXENT;
  }

  /** How a stack of so many layers is trained. */
  StackTraining.Plan plan(int layers, Rounds rounds, int classes) {
    int[] epochs = (int[]) value("epochs");
    require(
        epochs.length == 1 || epochs.length == layers,
        "epochs must be one number or one for each of %d layers".formatted(layers),
        Arrays.toString(epochs));
    int patience = integer("patience");
    return new StackTraining.Plan(
        rounds,
        epochs.length == layers ? epochs : filled(layers, epochs[0]),
        patience == 0 ? null : new EarlyStopping(patience, number("improvement")),
        text("labelCol").isEmpty() ? 0 : integer("fineTuningEpochs"),
        classes,
        seed());
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }

  /** What the rule of rounds makes of so many workers and rows. */
  Rounds rounds(int workers, long rows, int width) {
    double momentum = number("blockMomentum");
    return Rounds.of(
        workers,
        integer("batchSize"),
        rows,
        (long) Float.BYTES * width,
        integer("roundsPerEpoch"),
        momentum == -1 ? Double.NaN : momentum);
  }

  /** All parameters that what is learnt depends on, by name. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    for (Param<?> param : params.params()) {
      if (!FREE.contains(param.name()) && params.isDefined(param)) {
        facts.put(param.name(), text(value(param.name())));
      }
    }
    return facts;
  }

  private static String text(Object value) {
    if (value instanceof int[] numbers) {
      return Arrays.toString(numbers);
    }
    if (value instanceof double[] numbers) {
      return Arrays.toString(numbers);
    }
    return value instanceof Object[] values ? Arrays.toString(values) : String.valueOf(value);
  }
}
