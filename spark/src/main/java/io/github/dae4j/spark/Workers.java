package io.github.dae4j.spark;

/** Those that hold the rows and compute on them: a cluster, or a loop that stands for one. */
interface Workers {

  /** A round of all, from the same weights. */
  Averages round(Work work, Work.Moment moment, float[] start, float[] updater);

  /** The mean error of the validation rows that have one, NaN if none has. */
  double error(Work work, float[] weights);

  /** From now on rows are their codes. */
  void advance(LayerWork below, float[] weights);

  /** From now on rows are again what they were in the beginning. */
  void rewind();
}
