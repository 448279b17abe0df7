package io.github.dae4j.stacked;

import java.io.Serializable;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps training and use of a network apart: training waits until others have their results, and
 * whoever wants results meanwhile is told so. The thread that trains may look at what it has.
 */
final class NetworkGuard implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private transient volatile Thread trainer;

  /** What is done with a network at use. */
  @FunctionalInterface
  interface Use<T, E extends Exception> {
    T get() throws E;
  }

  /**
   * At use, of any number of threads.
   *
   * @throws IllegalStateException if another thread trains the network
   */
  <T, E extends Exception> T use(Use<T, E> computation) throws E {
    Thread present = trainer;
    boolean refused = present != null && present != Thread.currentThread();
    if (refused || !lock.readLock().tryLock()) {
      throw new IllegalStateException(
          "StackedDenoisingAutoEncoder is being trained by another thread: use it afterwards, or"
              + " train a copy (PretrainableNetwork.clone) meanwhile");
    }
    try {
      return computation.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * In training, of one thread.
   *
   * @throws IllegalStateException if another thread trains the network
   */
  <T> T train(Supplier<T> training) {
    if (lock.isWriteLockedByCurrentThread()) {
      return training.get();
    }
    claim();
    try {
      lock.writeLock().lock(); // new uses are refused: it comes when those that are on have ended
      try {
        return training.get();
      } finally {
        lock.writeLock().unlock();
      }
    } finally {
      trainer = null;
    }
  }

  private synchronized void claim() {
    if (trainer != null) {
      throw new IllegalStateException(
          "the network is being trained by another thread, and one at a time can");
    }
    trainer = Thread.currentThread();
  }
}
