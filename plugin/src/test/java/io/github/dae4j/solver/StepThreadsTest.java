package io.github.dae4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

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
  void aSmallStepHasOneAndPutsTheNumberBack() {
    int loops = Nd4j.getEnvironment().maxMasterThreads();
    try (StepThreads threads = StepThreads.forProductsOf(SMALL)) {
      assertThat(threads).isNotNull();
      assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
      assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(1);
    }
    assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(3);
    assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(loops);
  }

  @Test
  void aLargeStepHasWhatNd4jHas() {
    assertThat(during(LARGE)).isEqualTo(3);
  }

  @Test
  void thePropertyOverridesTheSize() {
    System.setProperty(StepThreads.PROPERTY, "2");
    assertThat(during(SMALL)).isEqualTo(2);
    assertThat(during(LARGE)).isEqualTo(2);
    assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(3);
  }

  private static int during(long multiplications) {
    try (StepThreads threads = StepThreads.forProductsOf(multiplications)) {
      assertThat(threads).isNotNull();
      return Nd4j.factory().blas().getMaxThreads();
    }
  }
}
