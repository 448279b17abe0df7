package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

class OneThreadTest {

  private static NativeOps natively() {
    Nd4j.getEnvironment(); // which fills the holder
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  @Test
  void holdsForTheCallingThreadAloneUntilItIsClosed() throws Exception {
    int before = natively().ompGetMaxThreads();
    natively().setOmpNumThreads(3);
    try {
      int others = CompletableFuture.supplyAsync(() -> natively().ompGetMaxThreads()).get();
      try (OneThread outer = OneThread.open()) {
        assertThat(natively().ompGetMaxThreads()).isEqualTo(1);
        try (OneThread inner = OneThread.open()) {
          assertThat(inner).isNotSameAs(outer);
        }
        assertThat(natively().ompGetMaxThreads()).isEqualTo(1);
        assertThat(CompletableFuture.supplyAsync(() -> natively().ompGetMaxThreads()).get())
            .isEqualTo(others);
      }
      assertThat(natively().ompGetMaxThreads()).isEqualTo(3);
    } finally {
      natively().setOmpNumThreads(before);
    }
  }
}
