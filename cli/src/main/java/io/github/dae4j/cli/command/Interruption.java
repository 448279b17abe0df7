package io.github.dae4j.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, Ctrl-C (or an end that the system asks for) first calls {@code stop} and waits
 * until it is closed, or for a minute.
 */
final class Interruption implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  Interruption(Runnable stop) {
    hook =
        new Thread(
            () -> {
              stop.run();
              awaitClose();
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void awaitClose() {
    try {
      closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then the process ends at once
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has run, or has seen that this is closed.
    }
  }
}
