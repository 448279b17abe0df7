package io.github.dae4j.internal.solver;

import io.github.dae4j.internal.compute.ParameterUpdates;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Trainable;
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
import org.nd4j.linalg.ops.transforms.Transforms;

/** The step of one of DL4J's updater blocks, parameters that share an updater. */
record BlockStep(UpdaterBlock block, INDArray params) {

  static BlockStep of(UpdaterBlock block, INDArray allParams) {
    return new BlockStep(
        block,
        allParams
            .reshape(allParams.length())
            .get(NDArrayIndex.interval(block.getParamOffsetStart(), block.getParamOffsetEnd())));
  }

  /** Whether the updater is one whose update has a pass of its own. */
  boolean isKnown() {
    Class<?> type = block.getGradientUpdater().getClass();
    return isFrozen()
        || type == SgdUpdater.class
        || type == NesterovsUpdater.class
        || type == AdamUpdater.class;
  }

  /** Whether nothing stands between derivative and step. */
  boolean isPlain() {
    return states().stream()
        .allMatch(state -> state.getLayer() instanceof FrozenLayer || FastPath.isPlain(state));
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
          params, gradient, adam.getM(), adam.getV(), adamStep(config, iteration, epoch), scale);
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

  /** Turns the block's sums of derivatives into what was subtracted, as DL4J's updaters do. */
  void writeUpdate(int iteration, int epoch, double scale) {
    GradientUpdater<?> updater = block.getGradientUpdater();
    INDArray gradient = block.getGradientView();
    if (updater instanceof AdamUpdater adam) {
      Adam config = adam.getConfig();
      INDArray roots = Transforms.sqrt(adam.getV(), true).addi(config.getEpsilon());
      gradient.assign(
          adam.getM()
              .div(roots)
              .muli(adamStep(config, iteration, epoch).correctedRate())
              .reshape(gradient.shape()));
    } else if (updater instanceof NesterovsUpdater nesterovs) {
      Nesterovs config = nesterovs.getConfig();
      gradient
          .muli(config.getLearningRate(iteration, epoch) * scale)
          .subi(
              nesterovs
                  .getV()
                  .mul(config.currentMomentum(iteration, epoch))
                  .reshape(gradient.shape()));
    } else if (updater instanceof SgdUpdater) {
      gradient.muli(plainRate(iteration, epoch) * scale);
    }
  }

  private static ParameterUpdates.AdamStep adamStep(Adam config, int iteration, int epoch) {
    return new ParameterUpdates.AdamStep(
        config.getLearningRate(iteration, epoch),
        config.getBeta1(),
        config.getBeta2(),
        config.getEpsilon(),
        iteration);
  }
}
