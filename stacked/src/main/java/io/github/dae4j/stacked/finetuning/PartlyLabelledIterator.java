package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.RunSeed;
import io.github.dae4j.stacked.internal.RunSeed.Purpose;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Few rows with labels beside many without, for a {@link io.github.dae4j.stacked.ladder.Ladder}: an
 * epoch is a pass over those without, and those with labels come again and again.
 *
 * <p>A minibatch has labelled rows first, then as many of the others: features [n, nIn], labels [n,
 * nOut], and a label mask [n, 1], 1 where the label is known. (seed, epoch) determine the order. A
 * ladder normalizes minibatches, so that a single row would tell nothing: an epoch leaves out a
 * last minibatch of one row without a label.
 */
public final class PartlyLabelledIterator extends InMemoryIterator {

  private static final long serialVersionUID = 1L;

  private final INDArray unlabelled;
  private final long seed;
  private int[] labelledOrder;
  private int pass;
  private int nextLabelled;

  /**
   * Shuffles both, which are not copied.
   *
   * @param unlabelled [m, nIn]; the labelled rows may be among them
   * @param minibatch rows of each kind, at least 2; all labelled ones where they are fewer
   * @throws IllegalArgumentException unless these are matrices of one width without masks, of two
   *     rows or more
   */
  public PartlyLabelledIterator(DataSet labelled, INDArray unlabelled, int minibatch, long seed) {
    super(
        "PartlyLabelledIterator",
        "labelled",
        Objects.requireNonNull(labelled, "PartlyLabelledIterator labelled must not be null"),
        minibatch);
    this.unlabelled = matrix("unlabelled", unlabelled);
    if (unlabelled.size(1) != features.size(1)) {
      throw new IllegalArgumentException(
          "PartlyLabelledIterator unlabelled must have %d columns, as the labelled, got %d"
              .formatted(features.size(1), unlabelled.size(1)));
    }
    requireTwo("minibatch", minibatch);
    requireTwo("labelled rows", features.size(0));
    requireTwo("unlabelled rows", unlabelled.size(0));
    this.seed = seed;
    beginEpoch(0, 0);
  }

  private static void requireTwo(String what, long number) {
    if (!(number >= 2)) {
      throw new IllegalArgumentException(
          "PartlyLabelledIterator %s must be >= 2, got %d".formatted(what, number));
    }
  }

  /** That of the rows without labels; those with labels begin a pass. */
  @Override
  int[] order(int epoch) {
    pass = -1;
    nextPass();
    int[] order = order(unlabelled, Purpose.FINE_TUNING_ORDER, 0);
    return order.length % batch() == 1 ? Arrays.copyOf(order, order.length - 1) : order;
  }

  private void nextPass() {
    pass++;
    nextLabelled = 0;
    labelledOrder = order(features, Purpose.LABELLED_ORDER, pass);
  }

  private int[] order(INDArray rows, Purpose purpose, int pass) {
    return RunSeed.permutation(
        Math.toIntExact(rows.size(0)), new RunSeed(seed).of(purpose, pass, epoch()));
  }

  /** These rows without labels, and as many with them as were asked for. */
  @Override
  DataSet minibatch(int[] without, int examples) {
    int[] with = labelledRows(Math.min(examples, labelledOrder.length));
    INDArray known = Nd4j.pullRows(labels, 1, with);
    INDArray x =
        Nd4j.concat(0, Nd4j.pullRows(features, 1, with), Nd4j.pullRows(unlabelled, 1, without));
    INDArray unknown = Nd4j.zeros(known.dataType(), without.length, known.size(1));
    INDArray mask =
        Nd4j.concat(
            0,
            Nd4j.ones(known.dataType(), with.length, 1),
            Nd4j.zeros(known.dataType(), without.length, 1));
    return new DataSet(x, Nd4j.concat(0, known, unknown), null, mask);
  }

  /** The next ones; what a pass has left over comes in another order. */
  private int[] labelledRows(int rows) {
    if (nextLabelled + rows > labelledOrder.length) {
      nextPass();
    }
    nextLabelled += rows;
    return Arrays.copyOfRange(labelledOrder, nextLabelled - rows, nextLabelled);
  }
}
