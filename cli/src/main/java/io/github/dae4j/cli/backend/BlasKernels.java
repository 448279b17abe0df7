package io.github.dae4j.cli.backend;

import com.sun.jna.platform.unix.LibC;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Tells OpenBLAS, before it is loaded, of processors that are younger than it: 0.3.19 takes AMD's
 * with AVX-512 (Zen 4 and later) for their predecessors, and multiplies the matrices of small
 * minibatches at half the speed.
 */
final class BlasKernels {

  private static final String VARIABLE = "OPENBLAS_CORETYPE";
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final List<String> INSTRUCTIONS =
      List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

  private BlasKernels() {}

  /** Sets the variable that OpenBLAS reads, unless the user has; Linux only. */
  static void choose() {
    if (System.getenv(VARIABLE) != null || !Files.isReadable(PROCESSOR)) {
      return;
    }
    try {
      if (isYoungAmd(Files.readAllLines(PROCESSOR))) {
        LibC.INSTANCE.setenv(VARIABLE, "SkylakeX", 0);
      }
    } catch (IOException | LinkageError e) {
      // as slow as it would be without us
    }
  }

  /** By the first processor in the lines of Linux's description. */
  static boolean isYoungAmd(List<String> lines) {
    return value(lines, "vendor_id").equals("AuthenticAMD")
        && Arrays.asList(value(lines, "flags").split(" ")).containsAll(INSTRUCTIONS);
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }
}
