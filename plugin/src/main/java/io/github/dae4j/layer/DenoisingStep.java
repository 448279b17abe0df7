package io.github.dae4j.layer;

import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.WEIGHT_KEY;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.corruption.CorruptedRows;
import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.internal.compute.ParallelLoop;
import io.github.dae4j.internal.compute.Product;
import io.github.dae4j.internal.compute.RowLoss;
import io.github.dae4j.internal.solver.FastPath;
import io.github.dae4j.layer.StepMemory.Block;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of pretraining, in four phases: it checks the clean input, draws the corruption,
 * computes the loss and its derivatives, and writes those of the parameters.
 */
final class DenoisingStep implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DenoisingStep.class);

  private final ReconstructionLoss loss;
  private transient Random random;
  private transient StepMemory memory;
  private transient StepMemory spare;
  private transient FastPath logged;

  DenoisingStep(ReconstructionLoss loss) {
    this.loss = loss;
  }

  /** Null for {@code Nd4j.getRandom()}. */
  void setRandom(Random random) {
    this.random = random;
  }

  /**
   * What a step learns from.
   *
   * @param target the clean input [minibatch, nIn], 0 where cells are missing
   * @param observed 1 or 0 for each cell; null if all of them are there
   * @param mask of the layer: null, [minibatch, 1] or [minibatch, nIn]
   * @param iteration of the layer's configuration, for the corruption
   * @param epoch likewise
   */
  record Minibatch(INDArray target, INDArray observed, INDArray mask, int iteration, int epoch) {

    /** The cells whose loss counts [minibatch, 1] or [minibatch, nIn]; null if all do. */
    INDArray countingCells() {
      return ObservedInput.mask(observed, mask);
    }
  }

  /** The parameters, with the noise of this step; v is w where the weights are tied. */
  record Weights(INDArray w, INDArray b, INDArray v, INDArray vb) {}

  /**
   * What was drawn.
   *
   * @param rows the corrupted input
   * @param touched by the corruption, 1 or 0 for each cell; null if nobody needs to know
   */
  private record Drawn(CorruptedRows rows, INDArray touched, Weights weights) {}

  /** What was computed: the mean loss, and by which kernels, on which parts of the memory. */
  private record Computed(double loss, StepKernels kernels, List<Block> blocks) {}

  /**
   * Writes the derivatives, as sums over the minibatch.
   *
   * @param noisyWeights is asked once, after the corruption has been drawn
   * @param listeners get code and reconstruction; null if nobody listens
   * @return the mean loss over the minibatch, without regularization
   * @throws DL4JInvalidInputException if the input is not what it must be; nothing has changed then
   */
  double run(
      DenoisingAutoEncoder conf,
      Minibatch minibatch,
      InputChecks checks,
      Supplier<Weights> noisyWeights,
      Derivatives derivatives,
      BiConsumer<INDArray, INDArray> listeners,
      LayerWorkspaceMgr mgr) {
    Random source = random == null ? Nd4j.getRandom() : random;
    long rootState = source.rootState();
    long nodeState = source.nodeState();
    try {
      FastPath path = check(conf, minibatch, checks, listeners != null);
      Drawn drawn = draw(conf, minibatch, source, noisyWeights, mgr);
      StepKernels kernels =
          path.isTaken()
              ? fused(conf, minibatch, drawn, checks)
              : byNd4j(conf, minibatch, drawn, listeners);
      Computed computed = compute(conf, minibatch, drawn, kernels);
      if (path.isTaken() && listeners != null) {
        listeners.accept(memory.all().y(), reconstruction(minibatch.target()));
      }
      write(conf, computed, derivatives);
      return computed.loss();
    } catch (DL4JInvalidInputException e) {
      source.setStates(rootState, nodeState); // as if it had been seen before anything was drawn
      throw e;
    }
  }

  /** The fused kernels look at the values themselves, before any parameter changes. */
  private FastPath check(
      DenoisingAutoEncoder conf, Minibatch minibatch, InputChecks checks, boolean heard) {
    FastPath path =
        FastPath.ofDenoising(
            conf,
            kindOfLoss(),
            conf.penalizesCode(),
            minibatch.countingCells(),
            heard,
            minibatch.target());
    if (!path.isTaken()) {
      checks.requireValues(minibatch.target());
    }
    if (!path.equals(logged)) {
      LOG.debug("cells of a step: {}", path.isTaken() ? "fused" : "by ND4J, " + path.obstacle());
      logged = path;
    }
    return path;
  }

  private FastPath.Loss kindOfLoss() {
    if (loss instanceof SigmoidCrossEntropy cross && cross.featureWeights() == null) {
      return FastPath.Loss.CROSS_ENTROPY;
    }
    return loss instanceof RowLoss ? FastPath.Loss.BY_ROWS : FastPath.Loss.OTHER;
  }

  private Drawn draw(
      DenoisingAutoEncoder conf,
      Minibatch minibatch,
      Random source,
      Supplier<Weights> noisyWeights,
      LayerWorkspaceMgr mgr) {
    INDArray target = minibatch.target();
    int iteration = minibatch.iteration();
    int epoch = minibatch.epoch();
    boolean allAlike = conf.getEmphasis().equals(Emphasis.NONE);
    if (allAlike && conf.getIDropout() == null) {
      CorruptedRows rows = conf.getCorruption().corruptRows(target, source, iteration, epoch);
      if (rows != null) {
        return new Drawn(rows, null, noisyWeights.get());
      }
    }
    Corrupted corrupted = conf.getCorruption().corrupt(target, source, iteration, epoch);
    InputChecks.requireSame(corrupted.values(), target, conf.getCorruption());
    INDArray x = dropOut(conf.getIDropout(), corrupted.values(), iteration, epoch, mgr);
    return new Drawn(
        (first, to) -> FusedKernels.copy(x, first, to),
        allAlike ? null : corrupted.touched(),
        noisyWeights.get());
  }

  private static INDArray dropOut(
      IDropout dropout, INDArray x, int iteration, int epoch, LayerWorkspaceMgr mgr) {
    return dropout == null ? x : dropout.applyDropout(x, x.ulike(), iteration, epoch, mgr);
  }

  private StepKernels fused(
      DenoisingAutoEncoder conf, Minibatch minibatch, Drawn drawn, InputChecks checks) {
    return new StepKernels.Fused(
        FastPath.knownActivation(conf.getActivationFn()),
        fusedLoss(conf, minibatch, drawn),
        checks);
  }

  private StepKernels.FusedLoss fusedLoss(
      DenoisingAutoEncoder conf, Minibatch minibatch, Drawn drawn) {
    if (loss instanceof RowLoss byRows) {
      INDArray weights = cellWeights(conf, minibatch, drawn);
      boolean inRows = weights == null || HostMemory.holdsRows(weights);
      return StepKernels.FusedLoss.of(byRows, inRows ? weights : weights.dup('c'));
    }
    return drawn.touched() == null
        ? StepKernels.FusedLoss.crossEntropy()
        : StepKernels.FusedLoss.crossEntropy(drawn.touched(), conf.getEmphasis());
  }

  private static INDArray cellWeights(DenoisingAutoEncoder conf, Minibatch minibatch, Drawn drawn) {
    return conf.getEmphasis()
        .cellWeights(drawn.touched(), minibatch.countingCells(), minibatch.target());
  }

  private StepKernels byNd4j(
      DenoisingAutoEncoder conf,
      Minibatch minibatch,
      Drawn drawn,
      BiConsumer<INDArray, INDArray> listeners) {
    StepKernels kernels =
        new StepKernels.ByNd4j(
            conf.getActivationFn(),
            loss,
            cellWeights(conf, minibatch, drawn),
            (code, preOutput) -> {
              if (listeners != null) {
                listeners.accept(
                    code, conf.getDecoderActivation().getActivation(preOutput.dup(), true));
              }
            });
    return conf.penalizesCode()
        ? new StepKernels.Penalized(kernels, conf, drawn.weights().w(), minibatch.mask())
        : kernels;
  }

  private Computed compute(
      DenoisingAutoEncoder conf, Minibatch minibatch, Drawn drawn, StepKernels kernels) {
    INDArray target = minibatch.target();
    remember(target, conf.getNOut());
    boolean tied = conf.isTiedWeights();
    Weights p = drawn.weights();
    List<Block> blocks = kernels.blocks(memory);
    double[] losses = new double[blocks.size()];
    ParallelLoop.each(
        losses.length,
        i -> {
          Block rows = blocks.get(i);
          drawn.rows().write(rows.first(), rows.x());
          if (minibatch.observed() != null) {
            keepObserved(rows, minibatch.observed()); // a corruption may have filled them
          }
          Product.of(rows.x(), p.w(), rows.y());
          kernels.encode(rows, p.b());
          Product.of(rows.y(), false, p.v(), tied, 1, 0, rows.d());
          losses[i] = kernels.decode(rows, p.vb(), target);
          Product.of(rows.d(), false, p.v(), !tied, 1, 0, rows.da());
          kernels.backprop(rows);
        });
    return new Computed(Arrays.stream(losses).sum() / target.size(0), kernels, blocks);
  }

  private static void keepObserved(Block rows, INDArray observed) {
    long end = rows.first() + rows.x().size(0);
    boolean isWhole = observed.size(0) == rows.x().size(0);
    rows.x().muli(isWhole ? observed : observed.get(interval(rows.first(), end), all()));
  }

  /** Memory for that many examples; of the two last numbers, for an epoch's last is smaller. */
  private void remember(INDArray target, long nOut) {
    if (memory == null || !memory.suits(target, nOut)) {
      StepMemory last = memory;
      memory = spare != null && spare.suits(target, nOut) ? spare : StepMemory.like(target, nOut);
      spare = last;
    }
  }

  private void write(DenoisingAutoEncoder conf, Computed computed, Derivatives derivatives) {
    List<Block> blocks = computed.blocks();
    derivatives.addSums(BIAS_KEY, blocks.stream().map(Block::sumsOfDa).toList());
    derivatives.addSums(VISIBLE_BIAS_KEY, blocks.stream().map(Block::sumsOfD).toList());
    if (conf.isTiedWeights()) {
      derivatives.addProduct(WEIGHT_KEY, memory.inputs(), memory.codes()); // x' da + d' y
    } else {
      Block all = memory.all();
      derivatives.addProduct(WEIGHT_KEY, all.x(), all.da());
      derivatives.addProduct(VISIBLE_WEIGHT_KEY, all.y(), all.d());
    }
    computed.kernels().addWeightGradient(derivatives.view(WEIGHT_KEY));
  }

  /** Of a sigmoid under plain cross-entropy, whose derivative is z - x; to rounding. */
  private INDArray reconstruction(INDArray target) {
    INDArray z = memory.all().d().add(target);
    return Transforms.min(Transforms.max(z, 0, false), 1, false);
  }
}
