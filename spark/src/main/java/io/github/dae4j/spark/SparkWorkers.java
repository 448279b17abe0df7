package io.github.dae4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * Workers as tasks of a cluster. A round is a job of one task for each worker, on its slice alone.
 *
 * <p>Its results are collected and folded on the driver, or, where they would be too large for
 * that, folded on the cluster in parts that a shuffle brings together; the bits are the same.
 */
final class SparkWorkers implements Workers, AutoCloseable {

  private final JavaSparkContext spark;
  private final RowSet train;
  private final RowSet held;
  private final long mostCollected;
  private final List<Broadcast<float[]>> kept = new ArrayList<>();

  /**
   * Workers with rows.
   *
   * @param train a partition for each slice
   * @param held validation rows; null for none
   * @param mostCollected bytes that a round may bring to the driver
   */
  SparkWorkers(
      JavaSparkContext spark,
      JavaRDD<Slice> train,
      JavaRDD<Slice> held,
      StorageLevel level,
      long mostCollected) {
    this.spark = spark;
    this.mostCollected = mostCollected;
    this.train = new RowSet(train, level);
    this.held = held == null ? null : new RowSet(held, level);
  }

  /** Rows, as they were and as codes. */
  private static final class RowSet {

    private final JavaRDD<Slice> first;
    private final StorageLevel level;
    private JavaRDD<Slice> present;

    RowSet(JavaRDD<Slice> rows, StorageLevel level) {
      this.level = level;
      first = rows.persist(level);
      present = first;
      compute(first);
    }

    private static void compute(JavaRDD<Slice> slices) {
      slices.foreach(slice -> {});
    }

    void advance(LayerWork below, Broadcast<float[]> weights) {
      JavaRDD<Slice> codes =
          present.map(slice -> below.encode(slice, weights.value())).persist(level);
      compute(codes); // all are computed before what they are made of is released
      release();
      present = codes;
    }

    void rewind() {
      release();
      present = first;
    }

    private void release() {
      if (present != first) {
        present.unpersist(false);
      }
    }

    void close() {
      release();
      first.unpersist(false);
    }
  }

  @Override
  public Averages round(Work work, Work.Moment moment, float[] start, float[] updater) {
    Broadcast<float[][]> sent = spark.broadcast(new float[][] {start, updater});
    try {
      Task task = new Task(work, moment, sent);
      int[] slices = work.slices(moment);
      long bytes = (long) slices.length * Float.BYTES * (start.length + updater.length);
      return bytes <= mostCollected ? collected(task, slices) : shuffled(task, slices);
    } finally {
      sent.destroy();
    }
  }

  private Averages collected(Task task, int[] slices) {
    List<Share>[] shares =
        train.present.mapPartitionsWithIndex(task, true).collectPartitions(slices);
    return Averages.of(Arrays.stream(shares).flatMap(List::stream).toArray(Share[]::new));
  }

  private Averages shuffled(Task task, int[] slices) {
    int parts = slices.length;
    List<Tuple2<Integer, Share>> means =
        new ArrayList<>(
            JavaRDD.fromRDD(
                    PartitionPruningRDD.create(
                        train.present.mapPartitionsWithIndex(task, true).rdd(), new Only(slices)),
                    scala.reflect.ClassTag$.MODULE$.<Share>apply(Share.class))
                .flatMapToPair(share -> cut(share, parts))
                .groupByKey(parts)
                .mapValues(SparkWorkers::mean)
                .collect());
    means.sort(Comparator.comparingInt(Tuple2::_1));
    if (means.isEmpty()) {
      return Averages.of();
    }
    Share first = means.get(0)._2();
    return new Averages(
        first.rows(),
        first.lossSum(),
        first.iterations(),
        joined(means.stream().map(part -> part._2().weights()).toList()),
        joined(means.stream().map(part -> part._2().updater()).toList()));
  }

  private static Iterator<Tuple2<Integer, Share>> cut(Share share, int parts) {
    List<Tuple2<Integer, Share>> cut = new ArrayList<>();
    for (int part = 0; part < parts && share.rows() > 0; part++) {
      cut.add(
          new Tuple2<>(
              part,
              new Share(
                  share.worker(),
                  share.rows(),
                  share.lossSum(),
                  share.iterations(),
                  part(share.weights(), part, parts),
                  part(share.updater(), part, parts))));
    }
    return cut.iterator();
  }

  private static float[] part(float[] array, int part, int parts) {
    int from = (int) ((long) array.length * part / parts);
    int to = (int) ((long) array.length * (part + 1) / parts);
    return Arrays.copyOfRange(array, from, to);
  }

  private static Share mean(Iterable<Share> shares) {
    List<Share> all = new ArrayList<>();
    shares.forEach(all::add);
    Averages mean = Averages.of(all.toArray(Share[]::new));
    return new Share(
        0,
        Math.toIntExact(mean.rows()),
        mean.lossSum(),
        mean.iterations(),
        mean.weights(),
        mean.updater());
  }

  private static float[] joined(List<float[]> parts) {
    float[] whole = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int to = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, whole, to, part.length);
      to += part.length;
    }
    return whole;
  }

  @Override
  public double error(Work work, float[] weights) {
    if (held == null) {
      return Double.NaN;
    }
    Broadcast<float[]> sent = spark.broadcast(weights);
    try {
      return Averages.of(
              held.present
                  .mapPartitionsWithIndex(
                      (index, slices) -> {
                        List<Share> errors = new ArrayList<>();
                        slices.forEachRemaining(
                            slice -> errors.add(work.error(index, slice, sent.value())));
                        return errors.iterator();
                      },
                      true)
                  .collect()
                  .toArray(Share[]::new))
          .loss();
    } finally {
      sent.destroy();
    }
  }

  @Override
  public void advance(LayerWork below, float[] weights) {
    Broadcast<float[]> sent = spark.broadcast(weights);
    kept.add(sent); // codes that are lost are computed again
    train.advance(below, sent);
    if (held != null) {
      held.advance(below, sent);
    }
  }

  @Override
  public void rewind() {
    train.rewind();
    if (held != null) {
      held.rewind();
    }
  }

  /** Gives the memory of the cluster back. */
  @Override
  public void close() {
    train.close();
    if (held != null) {
      held.close();
    }
    kept.forEach(Broadcast::destroy);
  }

  /** A worker's part of a round. */
  private static final class Task implements Function2<Integer, Iterator<Slice>, Iterator<Share>> {

    private static final long serialVersionUID = 1L;

    private final Work work;
    private final Work.Moment moment;
    private final Broadcast<float[][]> startAndUpdater; // one, as each costs a message or two

    Task(Work work, Work.Moment moment, Broadcast<float[][]> startAndUpdater) {
      this.work = work;
      this.moment = moment;
      this.startAndUpdater = startAndUpdater;
    }

    @Override
    public Iterator<Share> call(Integer index, Iterator<Slice> slices) {
      float[][] from = startAndUpdater.value();
      List<Share> shares = new ArrayList<>();
      slices.forEachRemaining(
          slice -> shares.add(work.train(index, slice, from[0], from[1], moment)));
      return shares.iterator();
    }
  }

  /** Chooses partitions. */
  private static final class Only extends AbstractFunction1<Object, Object>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int[] sorted;

    Only(int[] partitions) {
      sorted = partitions.clone();
      Arrays.sort(sorted);
    }

    @Override
    public Object apply(Object partition) {
      return Arrays.binarySearch(sorted, (int) partition) >= 0;
    }
  }
}
