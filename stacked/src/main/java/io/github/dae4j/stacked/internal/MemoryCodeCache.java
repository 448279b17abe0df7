package io.github.dae4j.stacked.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A cache in memory beside the heap, which {@code -XX:MaxDirectMemorySize} limits. */
final class MemoryCodeCache extends SegmentedCodeCache {

  private static final int MAX_SEGMENT_BYTES = 1 << 24;

  private final List<ByteBuffer> segments = new ArrayList<>();

  @Override
  void write(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      ByteBuffer last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
      if (last == null || !last.hasRemaining()) {
        last = ByteBuffer.allocateDirect(segmentBytes());
        segments.add(last);
      }
      int count = Math.min(last.remaining(), bytes.remaining());
      last.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
    }
  }

  @Override
  ByteBuffer segment(int index) {
    return segments.get(index).limit(segmentBytes());
  }

  @Override
  int maxSegmentBytes() {
    return MAX_SEGMENT_BYTES;
  }

  @Override
  public Place place() {
    return Place.MEMORY;
  }

  @Override
  public void close() {
    segments.clear();
  }
}
