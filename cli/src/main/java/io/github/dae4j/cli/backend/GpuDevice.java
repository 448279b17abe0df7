package io.github.dae4j.cli.backend;

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
