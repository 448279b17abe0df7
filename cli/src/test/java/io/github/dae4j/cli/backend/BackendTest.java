package io.github.dae4j.cli.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.backend.Backend.GpuDevice;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {

  private static final Threads ONE = new Threads(1, 1, 1);

  @Test
  void describesTheCpuWithItsThreads() {
    Properties environment = new Properties();
    environment.putAll(Map.of("backend", "CPU", "cores", 8, "blas.vendor", "OPENBLAS"));

    assertThat(Backend.of(environment, ONE).description())
        .isEqualTo("ND4J backend CPU, 8 cores, BLAS OPENBLAS, 1 thread");
    assertThat(Backend.of(environment, new Threads(1, 2, 4)).description())
        .endsWith("BLAS OPENBLAS, 1 BLAS, 2 loop and 4 OpenMP threads");
    assertThat(Backend.of(environment, ONE).warnings()).isEmpty();
  }

  @Test
  void describesCudaWithItsDevicesAndWarnsOfThoseTooNew() {
    Properties environment = new Properties();
    environment.putAll(
        Map.of(
            "backend",
            "CUDA",
            "cores",
            8,
            "blas.vendor",
            "CUBLAS",
            "cuda.devicesInformation",
            List.of(device("Tesla T4", 7L, 5L), device("H100", 9L, 0L))));

    Backend backend = Backend.of(environment, ONE);

    assertThat(backend.description())
        .isEqualTo(
            "ND4J backend CUDA, Tesla T4 (compute capability 7.5),"
                + " H100 (compute capability 9.0), BLAS CUBLAS");
    assertThat(backend.warnings())
        .containsExactly(
            "H100 (compute capability 9.0) cannot run the kernels of nd4j-cuda-11.6,"
                + " made for compute capability 3.7 to 8.9;"
                + " BACKEND_PRIORITY_CPU=200 in the environment chooses the CPU");
  }

  @ParameterizedTest
  @CsvSource({
    "3,5,false",
    "3,7,true",
    "5,0,true",
    "7,5,true",
    "8,6,true",
    "8,9,true",
    "9,0,false",
    "10,0,false",
    "12,0,false"
  })
  void kernelsRunFromKeplerToAda(int major, int minor, boolean runs) {
    assertThat(new GpuDevice("GPU", major, minor).runsKernels()).isEqualTo(runs);
  }

  private static Map<String, Object> device(String name, long major, long minor) {
    return Map.of("cuda.deviceName", name, "cuda.deviceMajor", major, "cuda.deviceMinor", minor);
  }
}
