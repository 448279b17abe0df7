package io.github.dae4j.cli.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.cli.backend.BackendChoice.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BackendChoiceTest {

  private static final Supplier<Optional<String>> RUNS = Optional::empty;
  private static final Supplier<Optional<String>> NO_GPU = () -> Optional.of("no driver");
  private static final Supplier<Optional<String>> NOT_ASKED =
      () -> {
        throw new AssertionError("asked although a backend before it runs");
      };

  private static Candidate cpu(int priority, Supplier<Optional<String>> problem) {
    return new Candidate("org.nd4j.linalg.cpu.nativecpu.CpuBackend", priority, problem);
  }

  private static Candidate cuda(Supplier<Optional<String>> problem) {
    return new Candidate("org.nd4j.linalg.jcublas.JCublasBackend", 100, problem);
  }

  @Test
  void cudaComesBeforeTheCpu() {
    BackendChoice choice = BackendChoice.among(List.of(cpu(0, NOT_ASKED), cuda(RUNS)));

    assertThat(choice.chosen().name()).isEqualTo("CUDA");
    assertThat(choice.fallback()).isEmpty();
  }

  @Test
  void saysWhyTheCpuTookOver() {
    BackendChoice choice = BackendChoice.among(List.of(cpu(0, RUNS), cuda(NO_GPU)));

    assertThat(choice.chosen().name()).isEqualTo("CPU");
    assertThat(choice.fallback())
        .contains("ND4J backend CUDA (no driver) cannot run here; the CPU backend takes over");
  }

  @Test
  void aCpuOfHigherPriorityLeavesTheGpuAlone() {
    BackendChoice choice = BackendChoice.among(List.of(cuda(NOT_ASKED), cpu(200, RUNS)));

    assertThat(choice.chosen().name()).isEqualTo("CPU");
    assertThat(choice.fallback()).isEmpty();
  }

  @Test
  void saysWhatIsMissingIfNoneCanRun() {
    assertThatThrownBy(() -> BackendChoice.among(List.of(cuda(NO_GPU))))
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "No ND4J backend on the class path can run here: CUDA (no driver);"
                + " add org.nd4j:nd4j-native with this host's natives to run on the CPU");
    assertThatThrownBy(() -> BackendChoice.among(List.of()))
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "No ND4J backend is on the class path:"
                + " add org.nd4j:nd4j-native with this host's natives");
  }
}
