package io.github.dae4j.layer;

import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.internal.compute.FloatRange;
import io.github.dae4j.internal.solver.FastPath;
import java.util.Objects;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** What must be true of a {@link DenoisingAutoEncoder}, built or read from a file. */
final class ConfigurationRules {

  private ConfigurationRules() {}

  static void require(DenoisingAutoEncoder conf) {
    required("decoderActivation", conf.getDecoderActivation());
    required("reconstructionLoss", conf.getReconstructionLoss());
    required("corruption", conf.getCorruption());
    required("emphasis", conf.getEmphasis());
    required("sparsity", conf.getSparsity());
    requireFinite(conf.getVisibleBiasInit());
    requireWeight("denoisingWeight", conf.getDenoisingWeight());
    requireWeight("contraction", conf.getContraction());
    requireMatchingLossAndActivation(conf);
    requireCountingCells(conf);
    requireNoNoiseButCorruption(conf, conf.getDenoisingWeight());
    requirePenalizableCode(conf, conf.getActivationFn());
  }

  /** Of the updaters that its network gives it, for the type that its network computes in. */
  static void requireRates(DenoisingAutoEncoder conf, DataType type) {
    FloatRange.requireRate("DenoisingAutoEncoder", conf.getIUpdater(), type);
    FloatRange.requireRate("DenoisingAutoEncoder", conf.getBiasUpdater(), type);
  }

  static <T> T required(String parameter, T value) {
    return Objects.requireNonNull(
        value, () -> "DenoisingAutoEncoder " + parameter + " must not be null");
  }

  static ILossFunction requiredLoss(ILossFunction loss) {
    required("reconstructionLoss", loss);
    if (loss instanceof LossSparseMCXENT) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder reconstructionLoss must compare a value for each feature, got "
              + loss
              + ", which takes the number of a class");
    }
    return loss;
  }

  static void requireFinite(double visibleBiasInit) {
    FloatRange.require("DenoisingAutoEncoder visibleBiasInit", visibleBiasInit);
  }

  static void requireWeight(String parameter, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder " + parameter + " must be in [0, infinity), got " + weight);
    }
    FloatRange.require("DenoisingAutoEncoder " + parameter, weight);
  }

  private static void requireCountingCells(DenoisingAutoEncoder conf) {
    if (conf.getEmphasis().untouched() == 0 && conf.getCorruption() instanceof NoCorruption) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder emphasis on untouched cells must be > 0 without corruption, got"
              + " 0.0: no cell would count");
    }
  }

  /** DL4J's dropout overwrites the input, which is the target, and its noise spans one pass. */
  static void requireNoNoiseButCorruption(DenoisingAutoEncoder conf, double denoisingWeight) {
    if (denoisingWeight > 0 && (conf.getIDropout() != null || conf.getWeightNoise() != null)) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder denoisingWeight goes with neither dropOut nor weightNoise, got "
              + (conf.getIDropout() != null ? conf.getIDropout() : conf.getWeightNoise()));
    }
  }

  private static void requireMatchingLossAndActivation(DenoisingAutoEncoder conf) {
    IActivation decoder = conf.getDecoderActivation();
    if (conf.getReconstructionLoss() instanceof MixedColumnsLoss
        && !(decoder instanceof ActivationIdentity)) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder decoderActivation must be identity for MixedColumnsLoss, which"
              + " takes sigmoid and softmax itself, got "
              + decoder);
    }
    if (conf.isCrossEntropy() && !staysInUnitInterval(decoder)) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder decoderActivation must be sigmoid, hardsigmoid or a class of your"
              + " own for binary cross-entropy, got "
              + decoder
              + "; softmax goes with LossMCXENT, and any activation with squared error, LossL2");
    }
  }

  private static boolean staysInUnitInterval(IActivation activation) {
    return activation instanceof ActivationSigmoid
        || activation instanceof ActivationHardSigmoid
        || !activation.getClass().getName().startsWith("org.nd4j.");
  }

  static void requireMatchingWidth(DenoisingAutoEncoder conf) {
    if (conf.getReconstructionLoss() instanceof MixedColumnsLoss mixed
        && mixed.width() != conf.getNIn()) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder nIn must be the width of MixedColumnsLoss, %d, got %d"
              .formatted(mixed.width(), conf.getNIn()));
    }
  }

  /** Null until the network's settings have reached the layer, which is then looked at again. */
  private static void requirePenalizableCode(DenoisingAutoEncoder conf, IActivation activation) {
    if (activation == null) {
      return;
    }
    if (conf.getContraction() > 0 && FastPath.knownActivation(activation) == null) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder contraction needs the activation sigmoid, tanh, relu or identity,"
              + " whose second derivative is known, got "
              + activation);
    }
    if (conf.getSparsity().weight() > 0 && activation.getClass() != ActivationSigmoid.class) {
      throw new IllegalArgumentException(
          "DenoisingAutoEncoder sparsity needs a code in (0, 1), that of the activation sigmoid,"
              + " got "
              + activation);
    }
  }
}
