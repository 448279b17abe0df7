package io.github.dae4j.stacked;

import io.github.dae4j.internal.compute.InferenceProduct;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.layer.MixedColumnsLoss;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The way of rows through a network at use, from its parameters alone: nothing of a layer is
 * written, so that any number of threads may be on it, where DL4J's layers keep their input.
 *
 * <p>It knows denoising autoencoders, dense and output layers, activations, dropout (at use
 * nothing) and batch normalization, frozen or not, with activations and losses of DL4J, on the CPU
 * in FLOAT and DOUBLE.
 */
record ForwardPass(PretrainableNetwork network) {

  private static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl";
  private static final String LOSSES = "org.nd4j.linalg.lossfunctions.impl";

  /** Whether it knows the way through all layers; others keep state, for one thread at a time. */
  boolean isKnown() {
    if (!Nd4j.getEnvironment().isCPU() || type() == DataType.FLOAT16 || hasPreprocessor()) {
      return false;
    }
    for (int i = 0; i < network.getnLayers(); i++) {
      if (!isKnown(conf(i))) {
        return false;
      }
    }
    return true;
  }

  private DataType type() {
    return network.getLayerWiseConfigurations().getDataType();
  }

  private boolean hasPreprocessor() {
    Map<?, ?> preprocessors = network.getLayerWiseConfigurations().getInputPreProcessors();
    return preprocessors != null && !preprocessors.isEmpty();
  }

  private org.deeplearning4j.nn.conf.layers.Layer conf(int index) {
    return CodePath.thawed(network.getLayer(index)).conf().getLayer();
  }

  private static boolean isKnown(org.deeplearning4j.nn.conf.layers.Layer conf) {
    if (conf instanceof DenoisingAutoEncoder denoising) {
      return isPlain(denoising)
          && isKnown(denoising.getDecoderActivation())
          && (denoising.getReconstructionLoss() instanceof MixedColumnsLoss
              || isOf(LOSSES, denoising.getReconstructionLoss()));
    }
    if (conf.getClass() == DenseLayer.class) {
      return isPlain((DenseLayer) conf) && !((DenseLayer) conf).hasLayerNorm();
    }
    return conf.getClass() == OutputLayer.class && isPlain((OutputLayer) conf)
        || conf.getClass() == ActivationLayer.class
            && isKnown(((ActivationLayer) conf).getActivationFn())
        || conf.getClass() == BatchNormalization.class
        || conf.getClass() == DropoutLayer.class;
  }

  private static boolean isPlain(BaseLayer conf) {
    return conf.getWeightNoise() == null && isKnown(conf.getActivationFn());
  }

  private static boolean isKnown(IActivation activation) {
    return isOf(ACTIVATIONS, activation) && !(activation instanceof ActivationRReLU);
  }

  private static boolean isOf(String packageName, Object object) {
    return object.getClass().getPackageName().equals(packageName);
  }

  /** The output of a layer, detached: x [minibatch, nIn of layer 0] -> [minibatch, nOut]. */
  INDArray to(int layer, INDArray x) {
    INDArray y = x;
    for (int i = 0; i <= layer; i++) {
      y = through(CodePath.thawed(network.getLayer(i)), y);
    }
    return y;
  }

  private INDArray through(Layer layer, INDArray x) {
    if (layer instanceof DenoisingAutoEncoderLayer denoising) {
      return denoising.encode(x);
    }
    org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
    if (conf instanceof ActivationLayer activation) {
      return activation.getActivationFn().getActivation(x.dup(), false); // it overwrites
    }
    if (conf instanceof BatchNormalization normalization) {
      return normalized(layer, normalization, x);
    }
    return conf instanceof DropoutLayer ? x : dense(layer, (BaseLayer) conf, x);
  }

  private INDArray dense(Layer layer, BaseLayer conf, INDArray x) {
    INDArray z =
        InferenceProduct.of(
            x.castTo(type()),
            layer.getParam(DefaultParamInitializer.WEIGHT_KEY),
            layer.paramTable().get(DefaultParamInitializer.BIAS_KEY));
    return conf.getActivationFn().getActivation(z, false);
  }

  private static INDArray normalized(Layer layer, BatchNormalization conf, INDArray x) {
    Map<String, INDArray> params = layer.paramTable();
    INDArray mean = params.get(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    INDArray centred = x.subRowVector(mean.castTo(x.dataType()));
    INDArray scaled = centred.diviRowVector(deviation(params, conf).castTo(x.dataType()));
    return conf.isLockGammaBeta()
        ? scaled.muli(conf.getGamma()).addi(conf.getBeta())
        : scaled
            .muliRowVector(params.get(BatchNormalizationParamInitializer.GAMMA))
            .addiRowVector(params.get(BatchNormalizationParamInitializer.BETA));
  }

  private static INDArray deviation(Map<String, INDArray> params, BatchNormalization conf) {
    INDArray variance = params.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
    if (conf.isUseLogStd()) {
      INDArray log = params.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
      INDArray ten = Nd4j.valueArrayOf(log.shape(), 10.0, log.dataType());
      INDArray deviation = Transforms.pow(ten, log);
      variance = deviation.muli(deviation);
    }
    return Transforms.sqrt(variance.add(conf.getEps()), false);
  }
}
