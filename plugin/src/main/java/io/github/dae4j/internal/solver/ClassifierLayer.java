package io.github.dae4j.internal.solver;

import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.Product;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's output layer, which in training computes a softmax and its cross-entropy in one pass, to
 * rounding as DL4J's does: that takes its operations of ND4J twice, once for the derivative and
 * once for the score.
 */
public final class ClassifierLayer extends OutputLayer {

  private static final long serialVersionUID = 1L;

  private final FusedKernels rows = new FusedKernels();
  private double loss = Double.NaN;

  private ClassifierLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /** One that shares the parameters of DL4J's; any other layer is returned as it is. */
  public static Layer inPlaceOf(Layer layer) {
    if (layer.getClass() != OutputLayer.class || layer.params() == null) {
      return layer;
    }
    ClassifierLayer result = new ClassifierLayer(layer.conf(), layer.params().dataType());
    result.setListeners(layer.getListeners());
    result.setIndex(layer.getIndex());
    result.setParamsViewArray(layer.params());
    result.setParamTable(layer.paramTable());
    return result;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    loss = Double.NaN;
    if (!isPlain()) {
      return super.backpropGradient(epsilon, mgr);
    }
    applyDropOutIfNecessary(true, mgr);
    INDArray w = getParam(DefaultParamInitializer.WEIGHT_KEY);
    INDArray b = getParam(DefaultParamInitializer.BIAS_KEY);
    INDArray delta =
        mgr.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, labels.shape(), 'c');
    Product.of(input, w, delta);
    loss =
        rows.softmaxCrossEntropy(
            delta, b, labels, gradientViews.get(DefaultParamInitializer.BIAS_KEY));
    INDArray below =
        mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    Product.of(delta, false, w, true, 1, 0, below);
    Product.of(
        input, true, delta, false, 1, 0, gradientViews.get(DefaultParamInitializer.WEIGHT_KEY));
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(gradient::setGradientFor);
    return Pair.of(gradient, backpropDropOutIfPresent(below));
  }

  /** The score that belongs to the derivatives, if they were just computed. */
  @Override
  public double computeScore(double regularization, boolean training, LayerWorkspaceMgr mgr) {
    if (!training || Double.isNaN(loss)) {
      return super.computeScore(regularization, training, mgr);
    }
    score = loss / (conf().isMiniBatch() ? getInputMiniBatchSize() : 1) + regularization;
    loss = Double.NaN;
    return score;
  }

  private boolean isPlain() {
    return FastPath.ofClassifier(
            layerConf(),
            FusedKernels.LEAST_PROBABILITY,
            maskArray,
            input,
            labels,
            getParam(DefaultParamInitializer.BIAS_KEY))
        .isTaken();
  }
}
