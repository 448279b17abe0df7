package io.github.dae4j.internal.solver;

import io.github.dae4j.internal.compute.Activation;
import io.github.dae4j.internal.compute.HostMemory;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/**
 * Whether a part of training goes faster than DL4J takes it, decided here alone from configuration,
 * listeners and backend.
 *
 * @param obstacle why not; empty if it does
 */
public record FastPath(String obstacle) {

  private static final FastPath TAKEN = new FastPath("");

  private static final Map<Class<? extends IActivation>, Activation> KNOWN =
      Map.of(
          ActivationIdentity.class, Activation.IDENTITY,
          ActivationReLU.class, Activation.RELU,
          ActivationSigmoid.class, Activation.SIGMOID,
          ActivationTanH.class, Activation.TANH);

  public boolean isTaken() {
    return obstacle.isEmpty();
  }

  /** The update of parameters: one pass for {@code Sgd}, {@code Nesterovs} and {@code Adam}. */
  static FastPath ofUpdate(boolean accumulates, List<BlockStep> steps) {
    return new Decision()
        .unless(!accumulates, "gradients go through an accumulator")
        .unless(!steps.isEmpty(), "the updater is none of DL4J's own")
        .unless(() -> steps.stream().allMatch(BlockStep::isKnown), "not Sgd, Nesterovs or Adam")
        .unless(
            () -> steps.stream().allMatch(step -> HostMemory.holdsRows(step.params())),
            "parameters are not FLOAT in the host's memory")
        .unless(
            () -> steps.stream().allMatch(BlockStep::isPlain),
            "regularization, gradient normalization or sums that are not divided by the minibatch")
        .made();
  }

  /** Whether a layer's products may write the update themselves, in the place of its gradient. */
  public static FastPath ofUpdateByProduct(
      double rate, double denoisingWeight, boolean penalizedPretraining) {
    return new Decision()
        .unless(!Double.isNaN(rate), "not one rate of plain Sgd for all parameters")
        .unless(!(denoisingWeight > 0), "a joint loss scales the derivatives of one training")
        .unless(!penalizedPretraining, "penalties on the code add to the derivatives")
        .made();
  }

  /** What the loss of a denoising step is, as far as kernels know it. */
  public enum Loss {
    /** The cross-entropy of a sigmoid, without weights of features. */
    CROSS_ENTROPY,
    /** One that goes by rows and takes weights of cells. */
    BY_ROWS,
    OTHER
  }

  /**
   * The cells between the products of a denoising step: fused kernels.
   *
   * @param countingCells null if all cells of the target count
   * @param heard whether a listener gets the reconstruction
   */
  public static FastPath ofDenoising(
      FeedForwardLayer conf,
      Loss loss,
      boolean penalized,
      INDArray countingCells,
      boolean heard,
      INDArray target) {
    return new Decision()
        .unless(
            knownActivation(conf.getActivationFn()) != null, "the activation has no fused kernel")
        .unless(loss != Loss.OTHER, "the loss has no fused kernel")
        .unless(!penalized, "penalties on the code")
        .unless(
            loss == Loss.BY_ROWS || countingCells == null, "a mask, or missing cells, of this loss")
        .unless(
            loss == Loss.CROSS_ENTROPY || !heard, "a listener gets the reconstruction of this loss")
        .unless(() -> HostMemory.holdsRows(target), "input is not FLOAT in the host's memory")
        .made();
  }

  /** The encoder within {@code fit}: fused kernels forward and back. */
  public static FastPath ofDense(IActivation activation, INDArray mask, INDArray bias) {
    return new Decision()
        .unless(knownActivation(activation) != null, "the activation has no fused kernel")
        .unless(mask == null, "a mask")
        .unless(() -> HostMemory.holdsRows(bias), "parameters are not FLOAT in the host's memory")
        .made();
  }

  /** A softmax and its cross-entropy: one kernel for derivative and score. */
  static FastPath ofClassifier(
      org.deeplearning4j.nn.conf.layers.OutputLayer conf,
      double leastProbability,
      INDArray mask,
      INDArray input,
      INDArray labels,
      INDArray bias) {
    return new Decision()
        .unless(() -> isPlainCrossEntropy(conf.getLossFn(), leastProbability), "another loss")
        .unless(conf.getActivationFn() instanceof ActivationSoftmax, "another activation")
        .unless(conf.getWeightNoise() == null && conf.hasBias(), "weight noise, or no bias")
        .unless(mask == null, "a mask")
        .unless(
            () ->
                labels != null
                    && input != null
                    && labels.rank() == 2
                    && labels.size(0) == input.size(0)
                    && labels.size(1) == conf.getNOut(),
            "labels that are no matrix of one row for each example")
        .unless(
            () ->
                HostMemory.holdsRows(labels)
                    && HostMemory.holdsRows(input)
                    && HostMemory.holdsRows(bias),
            "arrays are not FLOAT in the host's memory")
        .made();
  }

  private static boolean isPlainCrossEntropy(ILossFunction loss, double leastProbability) {
    boolean crossEntropy =
        loss.getClass() == LossMCXENT.class || loss.getClass() == LossNegativeLogLikelihood.class;
    return crossEntropy
        && ((LossMCXENT) loss).getWeights() == null
        && ((LossMCXENT) loss).getSoftmaxClipEps() == leastProbability;
  }

  /** Null if there is no fused kernel; a ReLU with settings, as a leaky one, has none. */
  public static Activation knownActivation(IActivation activation) {
    boolean plain =
        !(activation instanceof ActivationReLU) || activation.equals(new ActivationReLU());
    return plain ? KNOWN.get(activation.getClass()) : null;
  }

  /** Nothing stands between the derivative of a parameter and its step. */
  static boolean isPlain(UpdaterBlock.ParamState state) {
    GradientNormalization normalization = state.getLayer().getConfig().getGradientNormalization();
    var terms = state.getLayer().getConfig().getRegularizationByParam(state.getParamName());
    return (normalization == null || normalization == GradientNormalization.None)
        && (terms == null || terms.isEmpty())
        && state.getLayer().updaterDivideByMinibatch(state.getParamName());
  }

  /** The first obstacle counts; what comes after it is not looked at. */
  private static final class Decision {

    private FastPath made = TAKEN;

    Decision unless(boolean rule, String obstacle) {
      return unless(() -> rule, obstacle);
    }

    Decision unless(BooleanSupplier rule, String obstacle) {
      if (made.isTaken() && !rule.getAsBoolean()) {
        made = new FastPath(obstacle);
      }
      return this;
    }

    FastPath made() {
      return made;
    }
  }
}
