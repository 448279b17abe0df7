package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.SealedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;

/** The configuration of a run: network, normalization and stages, as named values. */
final class Configuration {

  private Configuration() {}

  /** All that was decided before the data are seen. */
  static Fingerprint fingerprint(
      StackedDenoisingAutoEncoder stack, PretrainingStage pretraining, TuningStage tuning) {
    MultiLayerConfiguration conf = stack.network().getLayerWiseConfigurations();
    conf.getConfs().forEach(Configuration::requireStateless);
    Fingerprint all =
        Fingerprint.ofJson("network", conf.toJson())
            .with(Fingerprint.of("normalization", normalization(stack)))
            .with(Fingerprint.of("byte order", ByteOrder.nativeOrder()))
            .with(Fingerprint.of("pretraining", pretraining == null ? "none" : "given"))
            .with(Fingerprint.of("fine-tuning", tuning == null ? "none" : kind(tuning)));
    if (pretraining != null) {
      all = all.with(Fingerprint.ofJson("pretraining", pretraining.pretrainer().toJson()));
    }
    return tuning == null
        ? all
        : all.with(Fingerprint.ofJson("fine-tuning", tuning.tuner().toJson()));
  }

  private static String kind(TuningStage tuning) {
    return tuning.unrolled() ? "unrolled" : "supervised";
  }

  /** DL4J's other optimisers keep directions and gradients where nobody can read them. */
  private static void requireStateless(NeuralNetConfiguration layer) {
    if (layer.getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new IllegalArgumentException(
          "TrainingRun optimizationAlgo must be STOCHASTIC_GRADIENT_DESCENT, got "
              + layer.getOptimizationAlgo());
    }
  }

  private static String normalization(StackedDenoisingAutoEncoder stack) {
    return stack.normalization().map(Configuration::name).orElse("none");
  }

  private static String name(DataNormalization normalization) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      NormalizerSerializer.getDefault().write(normalization, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] digest = SealedFile.sha256().digest(bytes.toByteArray());
    return normalization.getClass().getSimpleName() + " " + HexFormat.of().formatHex(digest, 0, 8);
  }
}
