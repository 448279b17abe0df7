package io.github.dae4j.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Lays out the parameters of a {@link DenoisingAutoEncoder} in one flat array: {@code W} [nIn,
 * nOut] and {@code b} [nOut] of the encoder as DL4J's dense layers have them, then what only
 * pretraining uses, {@code vb} [nIn] and, if the weights are not tied, {@code vW} [nOut, nIn].
 */
public final class DenoisingAutoEncoderParamInitializer extends DefaultParamInitializer {

  /** The decoder's bias, "visible bias" in DL4J's words. */
  public static final String VISIBLE_BIAS_KEY = "vb";

  /** The decoder's weights of the untied form. */
  public static final String VISIBLE_WEIGHT_KEY = "vW";

  private static final DenoisingAutoEncoderParamInitializer INSTANCE =
      new DenoisingAutoEncoderParamInitializer();

  private DenoisingAutoEncoderParamInitializer() {}

  public static DenoisingAutoEncoderParamInitializer getInstance() {
    return INSTANCE;
  }

  static boolean isPretrainParam(String key) {
    return VISIBLE_BIAS_KEY.equals(key) || VISIBLE_WEIGHT_KEY.equals(key);
  }

  @Override
  public long numParams(Layer layer) {
    DenoisingAutoEncoder conf = (DenoisingAutoEncoder) layer;
    return super.numParams(layer) + conf.getNIn() + decoderWeights(conf);
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>(List.of(WEIGHT_KEY, BIAS_KEY, VISIBLE_BIAS_KEY));
    if (!((DenoisingAutoEncoder) layer).isTiedWeights()) {
      keys.add(VISIBLE_WEIGHT_KEY);
    }
    return keys;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return paramKeys(layer).stream().filter(key -> isWeightParam(layer, key)).toList();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return paramKeys(layer).stream().filter(key -> isBiasParam(layer, key)).toList();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return WEIGHT_KEY.equals(key) || VISIBLE_WEIGHT_KEY.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return BIAS_KEY.equals(key) || VISIBLE_BIAS_KEY.equals(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
    DenoisingAutoEncoder layer = (DenoisingAutoEncoder) conf.getLayer();
    Map<String, INDArray> params = super.init(conf, paramsView, initializeParams);

    INDArray visibleBias = visibleBias(layer, paramsView);
    if (initializeParams) {
      visibleBias.assign(layer.getVisibleBiasInit());
    }
    params.put(VISIBLE_BIAS_KEY, visibleBias);
    conf.addVariable(VISIBLE_BIAS_KEY);

    if (!layer.isTiedWeights()) {
      INDArray view = flatVisibleWeights(layer, paramsView);
      params.put(
          VISIBLE_WEIGHT_KEY,
          createWeightMatrix(
              layer.getNOut(),
              layer.getNIn(),
              initializeParams ? layer.getWeightInitFn() : null,
              view,
              initializeParams));
      conf.addVariable(VISIBLE_WEIGHT_KEY);
    }
    return params;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    DenoisingAutoEncoder layer = (DenoisingAutoEncoder) conf.getLayer();
    Map<String, INDArray> gradients = super.getGradientsFromFlattened(conf, gradientView);
    gradients.put(VISIBLE_BIAS_KEY, visibleBias(layer, gradientView));
    if (!layer.isTiedWeights()) {
      gradients.put(
          VISIBLE_WEIGHT_KEY,
          flatVisibleWeights(layer, gradientView).reshape('f', layer.getNOut(), layer.getNIn()));
    }
    return gradients;
  }

  private static INDArray visibleBias(DenoisingAutoEncoder layer, INDArray flat) {
    long start = encoderParams(layer);
    return slice(flat, start, start + layer.getNIn());
  }

  private static INDArray flatVisibleWeights(DenoisingAutoEncoder layer, INDArray flat) {
    long start = encoderParams(layer) + layer.getNIn();
    return slice(flat, start, start + decoderWeights(layer));
  }

  private static INDArray slice(INDArray flat, long from, long to) {
    return flat.reshape(flat.length()).get(NDArrayIndex.interval(from, to));
  }

  private static long encoderParams(DenoisingAutoEncoder layer) {
    return layer.getNIn() * layer.getNOut() + layer.getNOut();
  }

  private static long decoderWeights(DenoisingAutoEncoder layer) {
    return layer.isTiedWeights() ? 0 : layer.getNIn() * layer.getNOut();
  }
}
