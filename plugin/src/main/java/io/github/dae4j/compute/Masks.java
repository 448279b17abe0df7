package io.github.dae4j.compute;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Draws which cells of a minibatch stay, and masks the others, in one pass.
 *
 * <p>The draws are those of ND4J's Bernoulli operation on the CPU to the bit, and the generator
 * goes on as after it. Its number for cell i is a function of i and of the generator's two states.
 */
public final class Masks {

  private static final String GENERATOR = "org.nd4j.linalg.cpu.nativecpu.rng.CpuNativeRandom";

  /** Cells that go through arrays at a time. */
  private static final int TILE = 1024;

  /** Random bits of a draw, as in a FLOAT in [0, 1). */
  private static final int BITS = 23;

  private static final int ONE = Float.floatToRawIntBits(1);

  /** 0, 1, 2 ... */
  private static final int[] PLACES = IntStream.range(0, TILE).toArray();

  private static final ThreadLocal<int[][]> TILES = ThreadLocal.withInitial(() -> new int[2][TILE]);

  /** Whether this ND4J draws as ours; looked at once. */
  private static final boolean SAME = HostMemory.isReachable() && drawsTheSame();

  private Masks() {}

  /** False where the draws would have to be ND4J's own. */
  public static boolean suit(INDArray clean, Random random) {
    return SAME && random.getClass().getName().equals(GENERATOR) && HostMemory.holdsRows(clean);
  }

  /**
   * Keeps each cell with a probability.
   *
   * @param values the cells of {@code clean}, bit for bit, or 0
   * @param touched 0 in those that stay, else 1; both of the shape of {@code clean}
   */
  public static void draw(
      INDArray clean, double keep, Random random, INDArray values, INDArray touched) {
    long length = clean.length();
    int root = (int) random.rootState();
    int node = (int) random.nodeState();
    // ND4J compares u <= p in FLOAT; u can be 0, and with p = 0 none is to stay.
    int bound = keep > 0 ? (int) Math.floor((double) (float) keep * (1 << BITS)) : -1;
    IntPointer from = new IntPointer(HostMemory.cells(clean));
    IntPointer to = new IntPointer(HostMemory.cells(values));
    IntPointer marks = new IntPointer(HostMemory.cells(touched));
    int parts = (int) Math.max(1, Math.min(8, length / (4 * TILE)));
    Team.each(
        parts,
        part ->
            draw(
                new IntPointer(from),
                new IntPointer(to),
                new IntPointer(marks),
                length * part / parts,
                length * (part + 1) / parts,
                root,
                node,
                bound));
    random.setStates(random.rootState(), after(random.nodeState(), length));
  }

  private static void draw(
      IntPointer from,
      IntPointer to,
      IntPointer marks,
      long first,
      long end,
      int root,
      int node,
      int bound) {
    int[] cells = TILES.get()[0];
    int[] touched = TILES.get()[1];
    for (long start = first; start < end; start += TILE) {
      int n = (int) Math.min(TILE, end - start);
      from.position(start).get(cells, 0, n);
      draw(cells, touched, n, (int) start, root, node, bound);
      to.position(start).put(cells, 0, n);
      marks.position(start).put(touched, 0, n);
    }
  }

  /** Without a branch or a use of i but as an index, so that it becomes vector instructions. */
  private static void draw(
      int[] cells, int[] touched, int n, int start, int root, int node, int bound) {
    int step = node + 24243287;
    int[] places = PLACES;
    for (int i = 0; i < n; i++) {
      int index = places[i] + start + 2;
      int a = root | index * step;
      int b = node ^ index * (a + 723829);
      int drawn = Integer.rotateLeft((a ^ b) * 0x9E3779BB, 5) * 5 >>> (32 - BITS);
      int stays = (drawn - bound - 1) >> 31;
      cells[i] &= stays;
      touched[i] = ONE & ~stays;
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
    INDArray touched = Nd4j.create(DataType.FLOAT, 1, 300);
    draw(Nd4j.ones(DataType.FLOAT, 1, 300), 0.3, ours, values, touched);
    return values.equalsWithEps(expected, 0)
        && theirs.rootState() == ours.rootState()
        && theirs.nodeState() == ours.nodeState();
  }
}
