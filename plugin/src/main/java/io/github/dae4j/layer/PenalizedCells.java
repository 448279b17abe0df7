package io.github.dae4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The cells of a denoising step whose code is penalized. */
final class PenalizedCells implements StepCells {

  private final StepCells cells;
  private final DenoisingAutoEncoder conf;
  private final INDArray w;
  private final INDArray examples;
  private final List<CodePenalty> penalties = new ArrayList<>();

  /**
   * @param w the encoder's weights [nIn, nOut]
   * @param mask null, [n, 1] or [n, nIn]; an example that it leaves out is not penalized
   */
  PenalizedCells(StepCells cells, DenoisingAutoEncoder conf, INDArray w, INDArray mask) {
    this.cells = cells;
    this.conf = conf;
    this.w = w;
    examples = mask == null || mask.isColumnVectorOrScalar() ? mask : mask.max(true, 1);
  }

  @Override
  public void encode(StepRows rows, INDArray b) {
    cells.encode(rows, b);
    INDArray y = rows.y();
    if (conf.getContraction() > 0) {
      penalties.add(
          new ContractionPenalty(
              conf.getContraction(), RowCells.known(conf.getActivationFn()), w, y, examples));
    }
    if (conf.getSparsity().weight() > 0) {
      penalties.add(new SparsityPenalty(conf.getSparsity(), y, examples));
    }
  }

  @Override
  public double decode(StepRows rows, INDArray vb, INDArray target, INDArray sums) {
    double penalty = penalties.stream().mapToDouble(CodePenalty::score).sum();
    return cells.decode(rows, vb, target, sums) + penalty;
  }

  @Override
  public void backprop(StepRows rows, INDArray sums) {
    cells.backprop(rows, sums);
    INDArray da = rows.da();
    penalties.forEach(penalty -> da.addi(penalty.gradient().castTo(da.dataType())));
    da.sum(sums, 0);
  }

  @Override
  public void addWeightGradient(INDArray dW) {
    penalties.forEach(penalty -> penalty.addWeightGradient(dW));
  }
}
