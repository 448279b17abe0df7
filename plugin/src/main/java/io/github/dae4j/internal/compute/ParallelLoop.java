package io.github.dae4j.internal.compute;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that share loops for as long as it is open: the one that opened it, and others that help.
 *
 * <p>Each part of a loop goes to the thread that asks for it first, so that one which is held up
 * takes fewer. Parts are cut without regard to the number of threads, and no two write the same
 * cell: results are the same to the bit whoever computes what.
 *
 * <p>A process has one open at a time; whoever opens a second meanwhile works alone.
 */
public final class ParallelLoop implements AutoCloseable {

  /** More than that have not been tried. */
  private static final int MOST = 8;

  /** How long a helper without work looks for some before it leaves. */
  private static final long PATIENCE_NANOS = 2_000_000;

  private static final AtomicBoolean TAKEN = new AtomicBoolean();
  private static final AtomicInteger HELPERS = new AtomicInteger();
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          0, MOST, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), ParallelLoop::helperThread);
  private static final ThreadLocal<ParallelLoop> PRESENT = new ThreadLocal<>();
  private static final ParallelLoop ALONE = new ParallelLoop(1);

  /** What helpers look at. */
  private static volatile Loop loop;

  private final int threads;

  private ParallelLoop(int threads) {
    this.threads = threads;
  }

  /** Opens loops of the calling thread to at most so many threads, itself among them. */
  public static ParallelLoop of(int threads) {
    boolean alone = threads <= 1 || PRESENT.get() != null || !TAKEN.compareAndSet(false, true);
    if (alone) {
      return ALONE;
    }
    ParallelLoop opened = new ParallelLoop(Math.min(threads, MOST));
    PRESENT.set(opened);
    return opened;
  }

  @Override
  public void close() {
    if (this != ALONE) {
      PRESENT.remove();
      TAKEN.set(false);
    }
  }

  /**
   * Runs all parts, 0 to {@code parts} - 1, shared if the calling thread has opened its loops.
   * Loops within a part are the part's own, but for that of a loop of one part.
   */
  public static void each(int parts, IntConsumer part) {
    ParallelLoop opened = parts > 1 ? PRESENT.get() : null;
    if (opened == null) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
    } else {
      opened.share(new Loop(parts, part));
    }
  }

  private void share(Loop shared) {
    PRESENT.remove(); // loops within a part are not shared
    try {
      loop = shared;
      callHelpers(Math.min(threads, shared.parts) - 1);
      shared.takeParts();
      loop = null;
      shared.await();
    } finally {
      PRESENT.set(this);
    }
  }

  private static void callHelpers(int wanted) {
    while (HELPERS.get() < wanted) {
      HELPERS.incrementAndGet();
      try {
        POOL.execute(ParallelLoop::help);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        HELPERS.decrementAndGet(); // the loop ends without it
        return;
      }
    }
  }

  private static void help() {
    try {
      long idleSince = System.nanoTime();
      while (System.nanoTime() - idleSince < PATIENCE_NANOS) {
        Loop present = loop;
        if (present != null && present.takeParts()) {
          idleSince = System.nanoTime();
        } else {
          Thread.yield(); // to the JIT compiler, to other processes
        }
      }
    } finally {
      HELPERS.decrementAndGet();
    }
  }

  private static Thread helperThread(Runnable work) {
    Thread thread = new Thread(work, "dae4j-helper");
    thread.setDaemon(true);
    return thread;
  }

  /** Parts that are to be taken, and how many are not done. */
  private static final class Loop {

    private final int parts;
    private final IntConsumer part;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;
    private volatile Throwable failure;

    Loop(int parts, IntConsumer part) {
      this.parts = parts;
      this.part = part;
      left = new AtomicInteger(parts);
    }

    /** Until none is left to take; false if there was none. */
    boolean takeParts() {
      boolean any = false;
      for (int i = take(); i < parts; i = take()) {
        any = true;
        try {
          part.accept(i);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          left.decrementAndGet();
        }
      }
      return any;
    }

    private int take() {
      return next.get() < parts ? next.getAndIncrement() : parts;
    }

    /** For what helpers are still at; then fails if a part has. */
    void await() {
      while (left.get() > 0) {
        Thread.yield(); // the processor may be the one that the other waits for
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      } else if (failure instanceof Error e) {
        throw e;
      }
    }
  }
}
