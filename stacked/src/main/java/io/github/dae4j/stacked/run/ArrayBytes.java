package io.github.dae4j.stacked.run;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The numbers of arrays as they lie in memory, in c order. */
final class ArrayBytes {

  /** What reads or fills the memory of an array, which it must not keep. */
  @FunctionalInterface
  interface Access {
    void to(ByteBuffer bytes) throws IOException;
  }

  private ArrayBytes() {}

  /** Shows the bytes of an array, those of a copy if it is a view or in another order. */
  static void read(INDArray array, Access access) throws IOException {
    boolean plain = !array.isView() && array.ordering() == 'c';
    INDArray contiguous = plain ? array : array.dup('c');
    try {
      Nd4j.getAffinityManager().ensureLocation(contiguous, Location.HOST);
      access.to(memory(contiguous));
    } finally {
      Reference.reachabilityFence(contiguous); // its memory goes with it, the buffer or not
      if (!plain) {
        contiguous.close();
      }
    }
  }

  /** Has an array of its own, in c order, filled. */
  static void write(INDArray array, Access access) throws IOException {
    access.to(memory(array));
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  private static ByteBuffer memory(INDArray array) {
    return array.data().asNio().limit(Math.toIntExact(bytes(array)));
  }

  static long bytes(INDArray array) {
    return Math.multiplyExact(array.length(), array.dataType().width());
  }
}
