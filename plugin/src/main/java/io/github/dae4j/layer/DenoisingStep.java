package io.github.dae4j.layer;

import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.WEIGHT_KEY;

import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.corruption.CorruptedRows;
import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.ParallelLoop;
import io.github.dae4j.internal.compute.Product;
import io.github.dae4j.internal.solver.ListenerNeeds;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Corrupts the input of a layer, encodes it, decodes the code, and takes the derivatives of the
 * loss against the clean input back through both.
 */
final class DenoisingStep implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ReconstructionLoss loss;
  private transient Random random;
  private transient StepMemory memory;
  private transient StepMemory spare;

  DenoisingStep(ReconstructionLoss loss) {
    this.loss = loss;
  }

  /** Null for {@code Nd4j.getRandom()}. */
  void setRandom(Random random) {
    this.random = random;
  }

  /**
   * Writes the layer's derivatives, as sums over the minibatch.
   *
   * @return the mean loss over the minibatch, without regularization
   * @throws DL4JInvalidInputException if the input is not what it must be; nothing has changed then
   */
  double run(EncoderLayer layer, int iteration, int epoch, LayerWorkspaceMgr mgr) {
    Random source = random == null ? Nd4j.getRandom() : random;
    long rootState = source.rootState();
    long nodeState = source.nodeState();
    try {
      return run(layer, source, iteration, epoch, mgr);
    } catch (DL4JInvalidInputException e) {
      source.setStates(rootState, nodeState); // as if it had been seen before anything was drawn
      throw e;
    } finally {
      forgetNoise(layer);
    }
  }

  private double run(
      EncoderLayer layer, Random source, int iteration, int epoch, LayerWorkspaceMgr mgr) {
    DenoisingAutoEncoder conf = layer.layerConf();
    INDArray target = InputChecks.typed(layer, layer.input());
    boolean byRows = isByRows(layer, target);
    if (!byRows) {
      InputChecks.requireRange(layer, loss, target);
    }
    Input input = input(layer, target, source, iteration, epoch, mgr);
    remember(target, conf.getNOut());
    INDArray b = layer.noisyParam(BIAS_KEY, mgr);
    INDArray vb = layer.noisyParam(VISIBLE_BIAS_KEY, mgr);
    INDArray w = layer.noisyParam(WEIGHT_KEY, mgr);
    boolean tied = conf.isTiedWeights();
    INDArray v = tied ? w : layer.noisyParam(VISIBLE_WEIGHT_KEY, mgr);
    StepCells cells = byRows ? new RowCells(layer, loss) : nd4jCells(layer, input.cellWeights(), w);
    INDArray observed = layer.observedCells();
    List<StepRows> blocks = cells.blocks(memory);
    double[] losses = new double[blocks.size()];
    ParallelLoop.each(
        losses.length,
        i -> {
          StepRows rows = blocks.get(i);
          input.rows().write(rows.first(), rows.x());
          if (observed != null) {
            rows.x().muli(observed); // a corruption may have filled them
          }
          Product.of(rows.x(), w, rows.y());
          cells.encode(rows, b);
          Product.of(rows.y(), false, v, tied, 1, 0, rows.d());
          losses[i] = cells.decode(rows, vb, target, rows.sumsOfD());
          Product.of(rows.d(), false, v, !tied, 1, 0, rows.da());
          cells.backprop(rows, rows.sumsOfDa());
        });
    writeDerivatives(layer, blocks);
    cells.addWeightGradient(layer.view(WEIGHT_KEY));
    return Arrays.stream(losses).sum() / target.size(0);
  }

  /** Memory for that many examples; of the two last numbers, for an epoch's last is smaller. */
  private void remember(INDArray target, long nOut) {
    if (memory == null || !memory.suits(target, nOut)) {
      StepMemory last = memory;
      memory = spare != null && spare.suits(target, nOut) ? spare : StepMemory.like(target, nOut);
      spare = last;
    }
  }

  /**
   * What a step begins with.
   *
   * @param rows the corrupted input
   * @param cellWeights [minibatch, nIn], null if all cells of the target count 1
   */
  private record Input(CorruptedRows rows, INDArray cellWeights) {}

  private static Input input(
      EncoderLayer layer,
      INDArray target,
      Random source,
      int iteration,
      int epoch,
      LayerWorkspaceMgr mgr) {
    DenoisingAutoEncoder conf = layer.layerConf();
    if (allCellsCountOne(layer) && conf.getIDropout() == null) {
      CorruptedRows rows = conf.getCorruption().corruptRows(target, source, iteration, epoch);
      if (rows != null) {
        return new Input(rows, null);
      }
    }
    Corrupted corrupted = conf.getCorruption().corrupt(target, source, iteration, epoch);
    InputChecks.requireSame(corrupted.values(), target, conf.getCorruption());
    INDArray x = dropOut(corrupted.values(), layer, mgr);
    INDArray cellWeights = conf.getEmphasis().cellWeights(corrupted, layer.countingCells());
    return new Input((first, to) -> FusedKernels.copy(x, first, to), cellWeights);
  }

  private static INDArray dropOut(INDArray x, EncoderLayer layer, LayerWorkspaceMgr mgr) {
    IDropout dropout = layer.layerConf().getIDropout();
    return dropout == null
        ? x
        : dropout.applyDropout(x, x.ulike(), layer.getIterationCount(), layer.getEpochCount(), mgr);
  }

  private static void forgetNoise(EncoderLayer layer) {
    layer.clearNoiseWeightParams();
    if (layer.layerConf().getIDropout() != null) {
      layer.layerConf().getIDropout().clear(); // its mask lives in the workspace of this step
    }
  }

  private void writeDerivatives(EncoderLayer layer, List<StepRows> blocks) {
    writeSums(blocks.stream().map(StepRows::sumsOfDa).toList(), BIAS_KEY, layer);
    writeSums(blocks.stream().map(StepRows::sumsOfD).toList(), VISIBLE_BIAS_KEY, layer);
    if (layer.layerConf().isTiedWeights()) {
      writeProduct(memory.inputs(), memory.codes(), WEIGHT_KEY, layer); // x' da + d' y
    } else {
      StepRows all = memory.all();
      writeProduct(all.x(), all.da(), WEIGHT_KEY, layer);
      writeProduct(all.y(), all.d(), VISIBLE_WEIGHT_KEY, layer);
    }
  }

  private static void writeSums(List<INDArray> sums, String key, EncoderLayer layer) {
    layer.derivatives.addSums(sums, layer.view(key), layer.getParam(key));
  }

  private static void writeProduct(INDArray a, INDArray b, String key, EncoderLayer layer) {
    layer.derivatives.addProduct(a, b, layer.view(key), layer.getParam(key));
  }

  private static boolean allCellsCountOne(EncoderLayer layer) {
    return layer.layerConf().getEmphasis().equals(Emphasis.NONE) && layer.countingCells() == null;
  }

  private boolean isByRows(EncoderLayer layer, INDArray target) {
    DenoisingAutoEncoder conf = layer.layerConf();
    return !isTold(layer)
        && !conf.penalizesCode()
        && allCellsCountOne(layer)
        && RowCells.suit(conf, loss, target);
  }

  /** Whether listeners are told of code and reconstruction. */
  private static boolean isTold(EncoderLayer layer) {
    return layer.isPretraining() && !ListenerNeeds.looksAtScoresAlone(layer.getListeners());
  }

  private StepCells nd4jCells(EncoderLayer layer, INDArray cellWeights, INDArray w) {
    DenoisingAutoEncoder conf = layer.layerConf();
    StepCells cells =
        new Nd4jCells(
            conf.getActivationFn(),
            loss,
            cellWeights,
            (code, preOutput) -> {
              if (isTold(layer)) {
                tellListeners(layer, code, preOutput);
              }
            });
    return conf.penalizesCode() ? new PenalizedCells(cells, conf, w, layer.getMaskArray()) : cells;
  }

  @SuppressWarnings("try")
  private static void tellListeners(EncoderLayer layer, INDArray code, INDArray preOutput) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      Map<String, INDArray> activations = new LinkedHashMap<>();
      activations.put("code", code);
      activations.put(
          "reconstruction",
          layer.layerConf().getDecoderActivation().getActivation(preOutput.dup(), true));
      for (TrainingListener listener : layer.getListeners()) {
        listener.onForwardPass(layer, activations);
      }
    }
  }
}
