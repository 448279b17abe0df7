package io.github.dae4j.stacked;

import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.WEIGHT_KEY;

import io.github.dae4j.layer.ColumnBlock;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.MixedColumnsLoss;
import io.github.dae4j.stacked.internal.OnnxActivations;
import io.github.dae4j.stacked.internal.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Writes a stack as an ONNX file: code, reconstruction and prediction of the rows x. */
final class OnnxExport {

  private static final String CODE = "code";
  private static final String RECONSTRUCTION = "reconstruction";
  private static final String PREDICTION = "prediction";

  private final MultiLayerNetwork network;
  private final CodePath path;
  private final OnnxUnits units;
  private final OnnxGraph graph;
  private final OnnxActivations activations;
  private final Map<Integer, String> weights =
      new HashMap<>(); // of layers, as the graph names them

  private OnnxExport(MultiLayerNetwork network, DataNormalization normalization, OnnxGraph graph) {
    this.network = network;
    this.graph = graph;
    activations = new OnnxActivations(graph);
    path = new CodePath(network);
    units = OnnxUnits.of(normalization);
  }

  static void write(Path file, MultiLayerNetwork network, DataNormalization normalization)
      throws IOException {
    OnnxExport export = new OnnxExport(network, normalization, new OnnxGraph());
    export.addAll();
    export.graph.write(file, Map.of());
  }

  private void addAll() {
    long width = width();
    String x = graph.input("x", width, "rows in the units of the training data");
    Map<String, String> values = values(x);
    graph.output(
        CODE, values.get(CODE), bias(path.top()).length(), "the topmost denoising autoencoder's");
    if (values.containsKey(RECONSTRUCTION)) {
      String z = values.get(RECONSTRUCTION);
      graph.output(RECONSTRUCTION, z, width, "what is to be expected of x, in its units");
    }
    if (values.containsKey(PREDICTION)) {
      graph.output(PREDICTION, values.get(PREDICTION), outputs(), "the output layer's");
    }
  }

  /** What the network makes of x, a value of the graph, by the names of the outputs. */
  static Map<String, String> add(
      OnnxGraph graph, MultiLayerNetwork network, DataNormalization normalization, String x) {
    return new OnnxExport(network, normalization, graph).values(x);
  }

  private Map<String, String> values(String x) {
    Map<String, String> values = new HashMap<>();
    String code = up(units.toNetwork(graph, x), 0, path.top());
    values.put(CODE, code);
    if (path.obstacle().isEmpty()) {
      values.put(RECONSTRUCTION, units.toUser(graph, down(code)));
    }
    if (network.getOutputLayer() instanceof IOutputLayer) {
      values.put(PREDICTION, up(code, path.top() + 1, network.getnLayers() - 1));
    }
    return values;
  }

  /** The width of the lowest layer that has weights; those below it keep theirs. */
  private long width() {
    return IntStream.rangeClosed(0, path.top())
        .filter(layer -> params(layer).containsKey(WEIGHT_KEY))
        .mapToLong(layer -> params(layer).get(WEIGHT_KEY).size(0))
        .findFirst()
        .orElseThrow();
  }

  /** The number of units of the highest layer that has weights. */
  private long outputs() {
    return IntStream.range(0, network.getnLayers())
        .filter(layer -> params(layer).containsKey(WEIGHT_KEY))
        .mapToLong(layer -> params(layer).get(WEIGHT_KEY).size(1))
        .reduce((lower, higher) -> higher)
        .orElseThrow();
  }

  private INDArray bias(int layer) {
    return params(layer).get(BIAS_KEY);
  }

  private Map<String, INDArray> params(int layer) {
    Map<String, INDArray> params = layer(layer).paramTable();
    return params == null ? Map.of() : params;
  }

  private Layer layer(int index) {
    return CodePath.thawed(network.getLayer(index));
  }

  private String up(String x, int first, int last) {
    String value = x;
    for (int layer = first; layer <= last; layer++) {
      value = through(layer, layer(layer).conf().getLayer(), value);
    }
    return value;
  }

  private String through(int index, org.deeplearning4j.nn.conf.layers.Layer conf, String x) {
    if (network.getLayerWiseConfigurations().getInputPreProcess(index) != null) {
      throw unknown("the preprocessor before layer " + index);
    }
    if (conf instanceof DenoisingAutoEncoder layer) {
      return dense(index, layer, layer.isMissingAllowed() ? graph.filled(x, graph.number(0)) : x);
    }
    if (conf.getClass() == DenseLayer.class && !((DenseLayer) conf).hasLayerNorm()
        || conf.getClass() == OutputLayer.class) {
      return dense(index, (BaseLayer) conf, x);
    }
    if (conf.getClass() == BatchNormalization.class) {
      return normalized(index, (BatchNormalization) conf, x);
    }
    if (conf.getClass() == ActivationLayer.class) {
      return activated(index, ((ActivationLayer) conf).getActivationFn(), x);
    }
    if (conf.getClass() == LossLayer.class) {
      return activated(index, ((LossLayer) conf).getActivationFn(), x);
    }
    if (conf.getClass() == DropoutLayer.class) { // nothing at use
      return x;
    }
    throw unknown(path.describe(index));
  }

  private static UnsupportedOperationException unknown(String what) {
    return new UnsupportedOperationException(
        "the ONNX export knows denoising autoencoders, dense and output layers, activations,"
            + " dropout and batch normalization, not "
            + what);
  }

  private String dense(int index, BaseLayer conf, String x) {
    String w = graph.matrix("W" + index, params(index).get(WEIGHT_KEY));
    weights.put(index, w);
    String z =
        bias(index) == null
            ? graph.node("Gemm", x, w)
            : graph.node("Gemm", x, w, graph.vector("b" + index, bias(index)));
    return activated(index, conf.getActivationFn(), z);
  }

  private String activated(int index, IActivation activation, String z) {
    return activations.apply(activation, z, path.describe(index));
  }

  private String normalized(int index, BatchNormalization conf, String x) {
    Map<String, INDArray> params = params(index);
    INDArray mean = params.get(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    INDArray variance =
        conf.isUseLogStd()
            ? Transforms.exp(
                params.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD).mul(2 * Math.log(10)))
            : params.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
    boolean fixed = conf.isLockGammaBeta();
    INDArray gamma = params.get(BatchNormalizationParamInitializer.GAMMA);
    INDArray beta = params.get(BatchNormalizationParamInitializer.BETA);
    return graph.node(
        "BatchNormalization",
        Map.of("epsilon", conf.getEps()),
        x,
        graph.vector("gamma" + index, fixed ? mean.like().assign(conf.getGamma()) : gamma),
        graph.vector("beta" + index, fixed ? mean.like().assign(conf.getBeta()) : beta),
        graph.vector("mean" + index, mean),
        graph.vector("variance" + index, variance));
  }

  /** From the top code through all decoders to what is expected of the network's input. */
  private String down(String code) {
    String value = code;
    for (int index = path.top(); index >= 0; index--) {
      if (layer(index).conf().getLayer() instanceof DenoisingAutoEncoder layer) {
        value = decoded(index, layer, value);
      }
    }
    boolean isMixed = bottom().getReconstructionLoss() instanceof MixedColumnsLoss;
    return isMixed ? expected((MixedColumnsLoss) bottom().getReconstructionLoss(), value) : value;
  }

  private String decoded(int index, DenoisingAutoEncoder layer, String code) {
    String bias = graph.vector("vb" + index, params(index).get(VISIBLE_BIAS_KEY));
    String z =
        layer.isTiedWeights()
            ? graph.node("Gemm", Map.of("transB", 1), code, weights.get(index), bias)
            : graph.node(
                "Gemm",
                code,
                graph.matrix("vW" + index, params(index).get(VISIBLE_WEIGHT_KEY)),
                bias);
    return activations.apply(
        layer.getDecoderActivation(), z, "the decoder of " + path.describe(index));
  }

  private DenoisingAutoEncoder bottom() {
    return (DenoisingAutoEncoder) path.decoders().get(0).conf().getLayer();
  }

  /** Numbers as they are, the probability of each binary feature and of each category. */
  private String expected(MixedColumnsLoss loss, String z) {
    int[] widths = loss.blocks().stream().mapToInt(ColumnBlock::width).toArray();
    List<String> parts = new ArrayList<>();
    for (String part : graph.split(z, widths)) {
      parts.add(
          switch (loss.blocks().get(parts.size()).kind()) {
            case NUMERIC -> part;
            case BINARY -> graph.node("Sigmoid", part);
            case CATEGORICAL -> graph.node("Softmax", Map.of("axis", 1), part);
          });
    }
    return graph.concatenate(parts);
  }
}
