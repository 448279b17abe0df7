package io.github.dae4j.internal.solver;

import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.internal.compute.ParameterUpdates;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.NoOpUpdater;
import org.nd4j.linalg.learning.SgdUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.Regularization;

/** The step of one of DL4J's updater blocks, parameters that share an updater. */
record BlockStep(UpdaterBlock block, INDArray params) {

  static BlockStep of(UpdaterBlock block, INDArray allParams) {
    return new BlockStep(
        block,
        allParams
            .reshape(allParams.length())
            .get(NDArrayIndex.interval(block.getParamOffsetStart(), block.getParamOffsetEnd())));
  }

  /** False if something stands between derivative and step, or the updater is another. */
  boolean isDirect() {
    return (isFrozen() || isKnown(block.getGradientUpdater()))
        && HostMemory.holdsRows(params)
        && states().stream().allMatch(BlockStep::isDirect);
  }

  private static boolean isKnown(GradientUpdater<?> updater) {
    Class<?> type = updater.getClass();
    return type == SgdUpdater.class || type == NesterovsUpdater.class || type == AdamUpdater.class;
  }

  private static boolean isDirect(ParamState state) {
    Trainable layer = state.getLayer();
    if (layer instanceof FrozenLayer) {
      return true;
    }
    GradientNormalization normalization = layer.getConfig().getGradientNormalization();
    List<Regularization> terms = layer.getConfig().getRegularizationByParam(state.getParamName());
    return (normalization == null || normalization == GradientNormalization.None)
        && (terms == null || terms.isEmpty())
        && layer.updaterDivideByMinibatch(state.getParamName());
  }

  /** Its parameters stay as they are. */
  boolean isFrozen() {
    return block.getGradientUpdater() instanceof NoOpUpdater
        && states().stream().allMatch(state -> state.getLayer() instanceof FrozenLayer);
  }

  List<ParamState> states() {
    return block.getLayersAndVariablesInBlock();
  }

  /** The learning rate of plain gradient descent, NaN if the block has another updater. */
  double plainRate(int iteration, int epoch) {
    return block.getGradientUpdater() instanceof SgdUpdater sgd
        ? sgd.getConfig().getLearningRate(iteration, epoch)
        : Double.NaN;
  }

  /** Updates the parameters, but for those of layers that have done so themselves. */
  void take(ParameterUpdates updates, int iteration, int epoch, double scale, Set<Trainable> done) {
    GradientUpdater<?> updater = block.getGradientUpdater();
    INDArray gradient = block.getGradientView();
    if (updater instanceof AdamUpdater adam) {
      Adam config = adam.getConfig();
      updates.adam(
          params,
          gradient,
          adam.getM(),
          adam.getV(),
          new ParameterUpdates.AdamStep(
              config.getLearningRate(iteration, epoch),
              config.getBeta1(),
              config.getBeta2(),
              config.getEpsilon(),
              iteration),
          scale);
    } else if (updater instanceof NesterovsUpdater nesterovs) {
      Nesterovs config = nesterovs.getConfig();
      updates.nesterovs(
          params,
          gradient,
          nesterovs.getV(),
          config.getLearningRate(iteration, epoch),
          config.currentMomentum(iteration, epoch),
          scale);
    } else if (updater instanceof SgdUpdater) {
      double rate = plainRate(iteration, epoch) * scale;
      for (ParamState state : states()) {
        if (!done.contains(state.getLayer())) {
          updates.sgd(state.getParamView(), state.getGradView(), rate);
        }
      }
    }
  }
}
