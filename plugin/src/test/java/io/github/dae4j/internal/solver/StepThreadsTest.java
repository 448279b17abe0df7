package io.github.dae4j.internal.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class StepThreadsTest {

  private static final long SMALL = 20 * 784 * 500;
  private static final long LARGE = 1024 * 784 * 500;

  private final int before = Nd4j.factory().blas().getMaxThreads();

  @BeforeEach
  void several() {
    Nd4j.factory().blas().setMaxThreads(3);
  }

  @AfterEach
  void asBefore() {
    System.clearProperty(StepThreads.PROPERTY);
    Nd4j.factory().blas().setMaxThreads(before);
  }

  @Test
  void aStepLeavesOneToBlasAndPutsTheNumberBack() {
    int loops = Nd4j.getEnvironment().maxMasterThreads();
    try (StepThreads threads = new StepThreads(new ThreadTuner(), SMALL)) {
      assertThat(threads).isNotNull();
      assertThat(blas()).isEqualTo(1);
      assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(1);
    }
    assertThat(blas()).isEqualTo(3);
    assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(loops);
  }

  @Test
  void oneWithLargeProductsOfOthersHasWhatNd4jHas() {
    try (StepThreads threads = new StepThreads(new ThreadTuner(), LARGE)) {
      assertThat(threads).isNotNull();
      assertThat(blas()).isEqualTo(3);
    }
  }

  @Test
  void inALoopTheNumberStaysUntilItsEnd() {
    try (TrainingThreads loop = TrainingThreads.open()) {
      assertThat(loop).isNotNull();
      assertThat(blas()).isEqualTo(3);
      new StepThreads(new ThreadTuner(), SMALL).close();
      assertThat(blas()).isEqualTo(1);
      assertThat(TrainingThreads.before()).isEqualTo(3);
      TrainingThreads.open().close();
      new StepThreads(new ThreadTuner(), LARGE).close();
      assertThat(blas()).isEqualTo(3);
      new StepThreads(new ThreadTuner(), SMALL).close();
    }
    assertThat(blas()).isEqualTo(3);
  }

  @Test
  void asManyAsBlasHasOrThePropertySays() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(most()).isEqualTo(Math.min(3, cores));
    System.setProperty(StepThreads.PROPERTY, "5");
    assertThat(most()).isEqualTo(5);
    System.setProperty(StepThreads.PROPERTY, "0");
    assertThat(most()).isEqualTo(0);
  }

  private static int most() {
    AtomicInteger most = new AtomicInteger();
    ThreadTuner tuner =
        new ThreadTuner() {
          @Override
          int threads(int offered) {
            most.set(offered);
            return 1;
          }
        };
    new StepThreads(tuner, SMALL).close();
    return most.get();
  }

  private static int blas() {
    return Nd4j.factory().blas().getMaxThreads();
  }
}
