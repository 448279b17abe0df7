package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** That products are right is the affair of {@link ProductTest}. */
@DisabledIfSystemProperty(named = OneDnn.PROPERTY, matches = "false")
class OneDnnTest {

  private final NativeOps natively = natively();
  private final int before = natively.ompGetMaxThreads();

  private static NativeOps natively() {
    Nd4j.getEnvironment(); // else there are none yet
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  @AfterEach
  void asBefore() {
    natively.setOmpNumThreads(before);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void computesProductsWhereItsNativesAre() {
    assumeTrue(HostMemory.isReachable());
    assertThat(OneDnn.isPresent()).isTrue();
    assertThat(Product.leaveBlasAlone()).isTrue();
  }

  /** Two threads would cut the sum over 5000 in another way than one. */
  @Test
  void takesOneThreadWhateverOpenMpHas() {
    assumeTrue(OneDnn.isPresent());
    INDArray a = Layout.C.random(DataType.FLOAT, 30, 5000);
    INDArray b = Layout.F.random(DataType.FLOAT, 5000, 40);
    INDArray alone = product(a, b, 1);
    for (int threads : new int[] {2, 3}) {
      assertThat(product(a, b, threads).data().asFloat()).containsExactly(alone.data().asFloat());
      assertThat(natively.ompGetMaxThreads()).isEqualTo(threads);
    }
  }

  private INDArray product(INDArray a, INDArray b, int threads) {
    natively.setOmpNumThreads(threads);
    INDArray c = Nd4j.create(DataType.FLOAT, a.size(0), b.size(1));
    OneDnn.multiply(Matrix.of(a, false), Matrix.of(b, false), 1, 0, Matrix.of(c, false));
    return c;
  }
}
