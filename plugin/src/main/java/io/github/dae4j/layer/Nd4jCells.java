package io.github.dae4j.layer;

import java.util.function.BiConsumer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** By operations of ND4J: every activation, loss, type and backend. */
final class Nd4jCells implements StepCells {

  private final IActivation encoder;
  private final ReconstructionLoss loss;
  private final INDArray cellWeights;
  private final BiConsumer<INDArray, INDArray> observer;
  private INDArray a;

  /**
   * @param cellWeights null or the weight of each cell [n, nIn]
   * @param observer gets code and decoder's pre-activation
   */
  Nd4jCells(
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
  public void encode(StepRows rows, INDArray b) {
    a = rows.y().addiRowVector(b).dup();
    rows.y().assign(encoder.getActivation(a.dup(), true));
  }

  @Override
  public double decode(StepRows rows, INDArray vb, INDArray target, INDArray sums) {
    INDArray preOutput = rows.d().addiRowVector(vb);
    double score = loss.score(target, preOutput, cellWeights);
    observer.accept(rows.y(), preOutput);
    replace(preOutput, loss.gradient(target, preOutput, cellWeights));
    rows.d().sum(sums, 0);
    return score;
  }

  @Override
  public void backprop(StepRows rows, INDArray sums) {
    replace(rows.da(), encoder.backprop(a, rows.da()).getFirst());
    rows.da().sum(sums, 0);
  }

  private static void replace(INDArray array, INDArray by) {
    if (by != array) {
      array.assign(by);
    }
  }
}
