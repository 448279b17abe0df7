package io.github.dae4j.cli.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.dae4j.cli.backend.Backends.SingleBackendLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.slf4j.LoggerFactory;

class BackendsTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(Backends.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @TempDir Path directory;

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
  }

  @Test
  void startSaysInItsLastLineWhatRuns() {
    Backends.start(1);

    assertThat(logged.list.get(logged.list.size() - 1).getFormattedMessage())
        .matches(
            "ND4J backend CPU, \\d+ cores, BLAS (OPENBLAS|MKL), 1 thread|ND4J backend CUDA, .*");
    assertThat(logged.list).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void threadsAreInForceUntilThoseBeforeAreUsedAgain() {
    Backends.useThreads(1);
    Threads one = Threads.current();

    Threads before = Backends.useThreads(2);

    assertThat(before).isEqualTo(one).isEqualTo(new Threads(1, 1, 1));
    assertThat(Threads.current().blas()).isEqualTo(2);
    assertThat(Threads.current().openMp()).isEqualTo(2);
    before.use();
    assertThat(Threads.current()).isEqualTo(one);
  }

  @Test
  void refusesToRunOnNoThread() {
    assertThatThrownBy(() -> Backends.useThreads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, got 0");
  }

  @Test
  void aLoaderOfOneBackendShowsNoOther() throws IOException {
    Path services = Files.writeString(directory.resolve("services"), "# none\n");
    ClassLoader loader = new SingleBackendLoader(getClass().getClassLoader(), services);

    assertThat(ServiceLoader.load(Nd4jBackend.class)).isNotEmpty();
    assertThat(ServiceLoader.load(Nd4jBackend.class, loader)).isEmpty();
  }

  @Test
  void theFirstCauseIsTheProblemWithoutThePathOfALibrary() {
    Throwable link =
        new UnsatisfiedLinkError("/cache/libjnicudart.so: libcuda.so.1: cannot open shared object");

    assertThat(Backends.rootMessage(new RuntimeException(new Exception(link))))
        .isEqualTo("libcuda.so.1: cannot open shared object");
    assertThat(Backends.rootMessage(new IllegalStateException("No CUDA devices were found")))
        .isEqualTo("No CUDA devices were found");
    assertThat(Backends.rootMessage(new StackOverflowError()))
        .isEqualTo("java.lang.StackOverflowError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "100000", "257", "4,2", "-1", ""})
  void threadsOfTheEnvironmentThatAreNoNumberAreNamed(String value) {
    assertThatThrownBy(() -> Backends.requireNumber("OMP_NUM_THREADS", value))
        .isInstanceOf(BackendException.class)
        .hasMessage("OMP_NUM_THREADS in the environment must be in [1, 256], got " + value);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"1", " 8 ", "256"})
  void otherThreadsOfTheEnvironmentAreTaken(String value) {
    assertThatCode(() -> Backends.requireNumber("OMP_NUM_THREADS", value))
        .doesNotThrowAnyException();
  }
}
