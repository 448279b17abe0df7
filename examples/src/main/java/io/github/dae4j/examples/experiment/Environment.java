package io.github.dae4j.examples.experiment;

import java.time.Instant;

/**
 * Where a run ended, and when.
 *
 * @param program with its version, where it is known
 * @param memory the most that Java would take
 */
record Environment(
    Instant time, String program, String java, String system, String memory, String backend) {

  /** This process's. */
  static Environment current(String backend) {
    String version = Environment.class.getPackage().getImplementationVersion();
    return new Environment(
        Instant.now(),
        version == null ? "dae4j (not from a jar)" : "dae4j " + version,
        "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vm.name")),
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        "%d MB".formatted(Runtime.getRuntime().maxMemory() >> 20),
        backend);
  }
}
