package io.github.dae4j.internal.compute;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which cells of a minibatch stay when the others are masked. A draw costs nothing before its rows
 * are written.
 *
 * <p>The draws are those of ND4J's Bernoulli operation on the CPU to the bit, and the generator
 * goes on as after it. Its number for cell i is a function of i and of the generator's two states.
 */
public final class BernoulliMask {

  private static final String GENERATOR = "org.nd4j.linalg.cpu.nativecpu.rng.CpuNativeRandom";

  /** Cells that go through arrays at a time. */
  private static final int TILE = 1024;

  /** Random bits of a draw, as in a FLOAT in [0, 1). */
  private static final int BITS = 23;

  private static final int ONE = Float.floatToRawIntBits(1);

  /** 0, 1, 2 ... */
  private static final int[] PLACES = IntStream.range(0, TILE).toArray();

  private static final ThreadLocal<int[]> TILES = ThreadLocal.withInitial(() -> new int[TILE]);

  /** Whether this ND4J draws as ours; looked at once. */
  private static final boolean SAME = HostMemory.isReachable() && drawsTheSame();

  private final HostBuffer clean;
  private final long columns;
  private final int bound;
  private final int root;
  private final int node;

  private BernoulliMask(INDArray clean, double keep, Random random) {
    this.clean = new HostBuffer(clean);
    columns = clean.columns();
    // ND4J compares u <= p in FLOAT; u can be 0, and with p = 0 none is to stay.
    bound = keep > 0 ? (int) Math.floor((double) (float) keep * (1 << BITS)) : -1;
    root = (int) random.rootState();
    node = (int) random.nodeState();
  }

  /** False where the draws would have to be ND4J's own. */
  public static boolean suit(INDArray clean, Random random) {
    return SAME && random.getClass().getName().equals(GENERATOR) && HostMemory.holdsRows(clean);
  }

  /** Keeps each cell of a minibatch [n, d] with a probability; the generator goes on. */
  public static BernoulliMask draw(INDArray clean, double keep, Random random) {
    BernoulliMask drawn = new BernoulliMask(clean, keep, random);
    random.setStates(random.rootState(), after(random.nodeState(), clean.length()));
    return drawn;
  }

  /**
   * Writes some rows, from one on: the cells, bit for bit, or 0. For several threads at a time.
   *
   * @param values [m, d]
   */
  public void mask(long first, INDArray values) {
    HostBuffer to = new HostBuffer(values);
    each(
        values.length(),
        (tile, from, n) -> {
          clean.readBits(first * columns + from, tile, n);
          mask(tile, n, (int) (first * columns + from), root, node, bound);
          to.writeBits(tile, from, n);
        });
  }

  /** Writes of every cell [n, d] 0 if it stays, else 1. */
  public void mark(INDArray touched) {
    HostBuffer to = new HostBuffer(touched);
    each(
        touched.length(),
        (tile, from, n) -> {
          Arrays.fill(tile, 0, n, -1);
          mask(tile, n, (int) from, root, node, bound);
          toTouched(tile, n);
          to.writeBits(tile, from, n);
        });
  }

  private interface Pass {
    void over(int[] tile, long from, int n);
  }

  private static void each(long length, Pass pass) {
    int parts = (int) Math.max(1, Math.min(8, length / (4 * TILE)));
    ParallelLoop.each(
        parts,
        part -> {
          int[] tile = TILES.get();
          long end = length * (part + 1) / parts;
          for (long from = length * part / parts; from < end; from += TILE) {
            pass.over(tile, from, (int) Math.min(TILE, end - from));
          }
        });
  }

  /** Without a branch or a use of i but as an index, so that it becomes vector instructions. */
  private static void mask(int[] cells, int n, int start, int root, int node, int bound) {
    int step = node + 24243287;
    int[] places = PLACES;
    for (int i = 0; i < n; i++) {
      int index = places[i] + start + 2;
      int a = root | index * step;
      int b = node ^ index * (a + 723829);
      int drawn = Integer.rotateLeft((a ^ b) * 0x9E3779BB, 5) * 5 >>> (32 - BITS);
      int stays = (drawn - bound - 1) >> 31;
      cells[i] &= stays;
    }
  }

  private static void toTouched(int[] kept, int n) {
    for (int i = 0; i < n; i++) {
      kept[i] = ONE & ~kept[i];
    }
  }

  /** The second state of a generator of which so many numbers were drawn at once. */
  private static long after(long state, long drawn) {
    int low = (int) state;
    int high = (int) (state >>> 32) ^ low;
    int newLow = Integer.rotateLeft(low, 26) ^ high ^ (high << 9);
    int newHigh = Integer.rotateLeft(high, 13);
    return (((long) newHigh << 32) | (newLow & 0xFFFFFFFFL)) ^ drawn ^ 0xDEADBEEFL;
  }

  /** Twice: the second draw tells whether the generator went on alike. */
  private static boolean drawsTheSame() {
    Random theirs = Nd4j.getRandomFactory().getNewRandomInstance(7);
    Random ours = Nd4j.getRandomFactory().getNewRandomInstance(7);
    return theirs.getClass().getName().equals(GENERATOR)
        && isSame(theirs, ours)
        && isSame(theirs, ours);
  }

  private static boolean isSame(Random theirs, Random ours) {
    INDArray expected = Nd4j.create(DataType.FLOAT, 1, 300);
    Nd4j.getExecutioner().exec(new BernoulliDistribution(expected, 0.3), theirs);
    INDArray values = Nd4j.create(DataType.FLOAT, 1, 300);
    draw(Nd4j.ones(DataType.FLOAT, 1, 300), 0.3, ours).mask(0, values);
    return values.equalsWithEps(expected, 0)
        && theirs.rootState() == ours.rootState()
        && theirs.nodeState() == ours.nodeState();
  }
}
