package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import org.deeplearning4j.earlystopping.scorecalc.AutoencoderScoreCalculator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * How well layer 0, a {@code DenoisingAutoEncoder}, reconstructs a validation set, for DL4J's early
 * stopping; DL4J's own calculator demands its own layer.
 */
public class ReconstructionScoreCalculator extends AutoencoderScoreCalculator {

  private static final long serialVersionUID = 1L;

  /** Measures on features [minibatch, nIn]. */
  public ReconstructionScoreCalculator(
      RegressionEvaluation.Metric metric, DataSetIterator validation) {
    super(metric, validation);
  }

  @Override
  protected INDArray output(Model model, INDArray input, INDArray mask, INDArray labelsMask) {
    Layer layer =
        model instanceof MultiLayerNetwork network
            ? network.getLayer(0)
            : ((ComputationGraph) model).getLayer(0);
    if (layer instanceof DenoisingAutoEncoderLayer denoising) {
      return denoising.reconstruct(input);
    }
    throw new UnsupportedOperationException(
        "ReconstructionScoreCalculator needs a DenoisingAutoEncoder as layer 0, got a "
            + layer.conf().getLayer().getClass().getSimpleName());
  }
}
