package io.github.dae4j.cli.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlasKernelsTest {

  private static final String AVX512 = "avx512f avx512dq avx512cd avx512bw avx512vl";

  @Test
  void zen4IsTakenForWhatItCan() {
    assertThat(isYoungAmd("AuthenticAMD", "fpu avx2 " + AVX512 + " sha_ni")).isTrue();
  }

  @Test
  void othersAreLeftToOpenBlas() {
    assertThat(isYoungAmd("AuthenticAMD", "fpu avx2 fma")).as("Zen 3").isFalse();
    assertThat(isYoungAmd("AuthenticAMD", "fpu avx512f")).as("half of it").isFalse();
    assertThat(isYoungAmd("GenuineIntel", "fpu avx2 " + AVX512)).as("known to it").isFalse();
    assertThat(BlasKernels.isYoungAmd(List.of())).as("nothing said").isFalse();
  }

  private static boolean isYoungAmd(String vendor, String flags) {
    return BlasKernels.isYoungAmd(
        List.of("processor\t: 0", "vendor_id\t: " + vendor, "flags\t\t: " + flags));
  }
}
