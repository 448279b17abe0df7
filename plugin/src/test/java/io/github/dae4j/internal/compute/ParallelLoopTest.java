package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelLoopTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 20})
  void everyPartRunsOnce(int threads) {
    try (ParallelLoop helpers = ParallelLoop.of(threads)) {
      assertThat(helpers).isNotNull();
      for (int parts : new int[] {0, 1, 2, 7, 100}) {
        for (int repeat = 0; repeat < 200; repeat++) {
          AtomicIntegerArray times = new AtomicIntegerArray(parts);
          ParallelLoop.each(parts, times::incrementAndGet);
          for (int i = 0; i < parts; i++) {
            assertThat(times.get(i)).isEqualTo(1);
          }
        }
      }
    }
  }

  /** Again and again, for one that helps may be leaving just when a loop begins. */
  @Test
  void othersHelp() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (ParallelLoop helpers = ParallelLoop.of(2)) {
      assertThat(helpers).isNotNull();
      while (threads.size() < 2) {
        ParallelLoop.each(
            20,
            part -> {
              threads.add(Thread.currentThread());
              LockSupport.parkNanos(100_000);
            });
      }
    }
    assertThat(threads).contains(Thread.currentThread());
    assertThat(threads)
        .filteredOn(thread -> thread != Thread.currentThread())
        .allMatch(Thread::isDaemon);
  }

  @Test
  void withoutATeamTheCallerDoesAll() {
    ParallelLoop.of(2).close();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    ParallelLoop.each(50, part -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void whoComesSecondGoesAlone() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (ParallelLoop first = ParallelLoop.of(2)) {
      assertThat(first).isNotNull();
      Thread other =
          new Thread(
              () -> {
                try (ParallelLoop second = ParallelLoop.of(2)) {
                  assertThat(second).isNotSameAs(first);
                  ParallelLoop.each(50, part -> threads.add(Thread.currentThread()));
                }
              });
      other.start();
      other.join();
      assertThat(threads).containsExactly(other);
      try (ParallelLoop nested = ParallelLoop.of(2)) {
        assertThat(nested).isNotSameAs(first);
      }
      threadsWorkInside(first);
    }
  }

  private static void threadsWorkInside(ParallelLoop helpers) {
    assertThat(helpers).isNotNull();
    AtomicIntegerArray times = new AtomicIntegerArray(9);
    ParallelLoop.each(9, times::incrementAndGet);
    assertThat(times.get(8)).isEqualTo(1);
  }

  @Test
  void loopsWithinAPartAreItsOwn() {
    try (ParallelLoop helpers = ParallelLoop.of(2)) {
      assertThat(helpers).isNotNull();
      for (int repeat = 0; repeat < 100; repeat++) {
        AtomicIntegerArray times = new AtomicIntegerArray(20);
        ParallelLoop.each(
            4,
            part -> {
              Thread owner = Thread.currentThread();
              ParallelLoop.each(
                  5,
                  inner -> {
                    assertThat(Thread.currentThread()).isSameAs(owner);
                    times.incrementAndGet(5 * part + inner);
                  });
            });
        for (int i = 0; i < 20; i++) {
          assertThat(times.get(i)).isEqualTo(1);
        }
      }
      threadsWorkInside(helpers); // the next loop is shared again
    }
  }

  @Test
  void aPartThatFailsFailsTheLoopAfterTheOthers() {
    try (ParallelLoop helpers = ParallelLoop.of(2)) {
      assertThat(helpers).isNotNull();
      for (int repeat = 0; repeat < 100; repeat++) {
        AtomicIntegerArray times = new AtomicIntegerArray(6);
        assertThatThrownBy(
                () ->
                    ParallelLoop.each(
                        6,
                        part -> {
                          times.incrementAndGet(part);
                          if (part == 3) {
                            throw new IllegalStateException("part " + part);
                          }
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("part 3");
        for (int i = 0; i < 6; i++) {
          assertThat(times.get(i)).isEqualTo(1);
        }
      }
    }
  }
}
