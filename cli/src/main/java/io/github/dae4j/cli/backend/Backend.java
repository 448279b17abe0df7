package io.github.dae4j.cli.backend;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;

/**
 * The ND4J backend in use; {@code devices} are CUDA's and empty on the CPU, {@code threads} are of
 * meaning on the CPU alone.
 */
record Backend(String name, int cores, String blas, List<GpuDevice> devices, Threads threads) {

  /** Reads what {@code OpExecutioner.getEnvironmentInformation()} says. */
  static Backend of(Properties environment, Threads threads) {
    return new Backend(
        String.valueOf(environment.get(Nd4jEnvironment.BACKEND_KEY)),
        number(environment.get(Nd4jEnvironment.CPU_CORES_KEY)),
        String.valueOf(environment.get(Nd4jEnvironment.BLAS_VENDOR_KEY)),
        devices(environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY)),
        threads);
  }

  /** One line: the backend, its devices, its BLAS and, on the CPU, its threads. */
  String description() {
    return devices.isEmpty()
        ? "ND4J backend %s, %d cores, BLAS %s, %s".formatted(name, cores, blas, threads)
        : "ND4J backend %s, %s, BLAS %s"
            .formatted(
                name,
                devices.stream().map(GpuDevice::toString).collect(Collectors.joining(", ")),
                blas);
  }

  /** One line for each device that cannot run the backend's kernels. */
  List<String> warnings() {
    return devices.stream()
        .filter(device -> !device.runsKernels())
        .map(
            device ->
                device
                    + " cannot run the kernels of nd4j-cuda-11.6, made for compute capability 3.7"
                    + " to 8.9; BACKEND_PRIORITY_CPU=200 in the environment chooses the CPU")
        .toList();
  }

  private static List<GpuDevice> devices(Object information) {
    return information instanceof List<?> devices
        ? devices.stream().map(device -> device((Map<?, ?>) device)).toList()
        : List.of();
  }

  private static GpuDevice device(Map<?, ?> device) {
    return new GpuDevice(
        String.valueOf(device.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)),
        number(device.get(Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY)),
        number(device.get(Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY)));
  }

  private static int number(Object value) {
    return value instanceof Number number ? number.intValue() : 0;
  }

  /** A CUDA device with its compute capability {@code major.minor}. */
  record GpuDevice(String name, int major, int minor) {

    /**
     * Whether it can run nd4j-cuda-11.6, whose kernels are machine code for capability 3.7 to 8.6,
     * binary compatible with 8.9, without the PTX that later devices would need.
     */
    boolean runsKernels() {
      int capability = 10 * major + minor;
      return capability >= 37 && capability <= 89;
    }

    @Override
    public String toString() {
      return "%s (compute capability %d.%d)".formatted(name, major, minor);
    }
  }
}
