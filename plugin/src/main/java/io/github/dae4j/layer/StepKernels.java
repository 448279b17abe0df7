package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.Activation;
import io.github.dae4j.internal.compute.RowLoss;
import io.github.dae4j.layer.StepMemory.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a denoising step does to cells between its products, in the order of the methods. */
sealed interface StepKernels {

  /** The parts of a minibatch in which the methods below may be called, by several threads. */
  default List<Block> blocks(StepMemory memory) {
    return List.of(memory.all());
  }

  /** {@code rows.y}, the product of x and the weights, becomes the code; b [1, nOut]. */
  void encode(Block rows, INDArray b);

  /**
   * {@code rows.d}, the product of y and the decoder's weights, becomes the derivative of the
   * decoder's pre-activation, with {@code rows.sumsOfD}; vb [1, nIn].
   *
   * @return the loss summed over all cells
   * @throws DL4JInvalidInputException if the target is out of its range, where that is seen here
   */
  double decode(Block rows, INDArray vb, INDArray target);

  /** {@code rows.da}, dL/dy, becomes dL/da, with {@code rows.sumsOfDa}. */
  void backprop(Block rows);

  /** Adds to dW [nIn, nOut] what its products leave out. */
  default void addWeightGradient(INDArray dW) {}

  /**
   * One pass over the rows for each method: the common activations with a loss that goes by rows,
   * FLOAT in the host's memory. The values of the target are checked on the way.
   */
  record Fused(Activation encoder, FusedLoss loss, InputChecks checks) implements StepKernels {

    @Override
    public List<Block> blocks(StepMemory memory) {
      return memory.blocks();
    }

    @Override
    public void encode(Block rows, INDArray b) {
      rows.passes().activate(rows.y(), b, encoder);
    }

    @Override
    public double decode(Block rows, INDArray vb, INDArray target) {
      double sum = loss.derive(rows, vb, target);
      if (!rows.passes().sawValidTargets()) {
        checks.requireValues(target);
      }
      return sum;
    }

    @Override
    public void backprop(Block rows) {
      rows.passes().backprop(rows.y(), rows.da(), encoder, rows.da(), rows.sumsOfDa());
    }
  }

  /** A loss in one pass over the rows: see {@link #decode}. */
  interface FusedLoss {

    double derive(Block rows, INDArray vb, INDArray target);

    /** The cross-entropy of a sigmoid. */
    static FusedLoss crossEntropy() {
      return (rows, vb, target) ->
          rows.passes().crossEntropy(rows.d(), vb, target, rows.first(), rows.sumsOfD());
    }

    /**
     * The same with emphasis.
     *
     * @param touched 1 or 0 for each cell of the target
     */
    static FusedLoss crossEntropy(INDArray touched, Emphasis emphasis) {
      return (rows, vb, target) ->
          rows.passes()
              .crossEntropy(
                  rows.d(),
                  vb,
                  target,
                  touched,
                  emphasis.corrupted(),
                  emphasis.untouched(),
                  rows.first(),
                  rows.sumsOfD());
    }

    /**
     * Any loss that goes by rows.
     *
     * @param weights of the cells of the target; null if all are 1
     */
    static FusedLoss of(RowLoss loss, INDArray weights) {
      return (rows, vb, target) ->
          rows.passes().loss(loss, rows.d(), vb, target, weights, rows.first(), rows.sumsOfD());
    }
  }

  /** By operations of ND4J: every activation, loss, type and backend. */
  final class ByNd4j implements StepKernels {

    private final IActivation encoder;
    private final ReconstructionLoss loss;
    private final INDArray cellWeights;
    private final BiConsumer<INDArray, INDArray> observer;
    private INDArray a;

    /**
     * @param cellWeights null or the weight of each cell [n, nIn]
     * @param observer gets code and decoder's pre-activation
     */
    ByNd4j(
        IActivation encoder,
        ReconstructionLoss loss,
        INDArray cellWeights,
        BiConsumer<INDArray, INDArray> observer) {
      this.encoder = encoder;
      this.loss = loss;
      this.cellWeights = cellWeights;
      this.observer = observer;
    }

    @Override
    public void encode(Block rows, INDArray b) {
      a = rows.y().addiRowVector(b).dup();
      rows.y().assign(encoder.getActivation(a.dup(), true));
    }

    @Override
    public double decode(Block rows, INDArray vb, INDArray target) {
      INDArray preOutput = rows.d().addiRowVector(vb);
      double score = loss.score(target, preOutput, cellWeights);
      observer.accept(rows.y(), preOutput);
      replace(preOutput, loss.gradient(target, preOutput, cellWeights));
      rows.d().sum(rows.sumsOfD(), 0);
      return score;
    }

    @Override
    public void backprop(Block rows) {
      replace(rows.da(), encoder.backprop(a, rows.da()).getFirst());
      rows.da().sum(rows.sumsOfDa(), 0);
    }

    private static void replace(INDArray array, INDArray by) {
      if (by != array) {
        array.assign(by);
      }
    }
  }

  /** Those of a step whose code is penalized. */
  final class Penalized implements StepKernels {

    private final StepKernels cells;
    private final DenoisingAutoEncoder conf;
    private final INDArray w;
    private final INDArray examples;
    private final List<CodePenalty> penalties = new ArrayList<>();

    /**
     * @param w the encoder's weights [nIn, nOut]
     * @param mask null, [n, 1] or [n, nIn]; an example that it leaves out is not penalized
     */
    Penalized(StepKernels cells, DenoisingAutoEncoder conf, INDArray w, INDArray mask) {
      this.cells = cells;
      this.conf = conf;
      this.w = w;
      examples = mask == null || mask.isColumnVectorOrScalar() ? mask : mask.max(true, 1);
    }

    @Override
    public void encode(Block rows, INDArray b) {
      cells.encode(rows, b);
      penalties.addAll(CodePenalty.of(conf, w, rows.y(), examples));
    }

    @Override
    public double decode(Block rows, INDArray vb, INDArray target) {
      double penalty = penalties.stream().mapToDouble(CodePenalty::score).sum();
      return cells.decode(rows, vb, target) + penalty;
    }

    @Override
    public void backprop(Block rows) {
      cells.backprop(rows);
      INDArray da = rows.da();
      penalties.forEach(penalty -> da.addi(penalty.gradient().castTo(da.dataType())));
      da.sum(rows.sumsOfDa(), 0);
    }

    @Override
    public void addWeightGradient(INDArray dW) {
      penalties.forEach(penalty -> penalty.addWeightGradient(dW));
    }
  }
}
