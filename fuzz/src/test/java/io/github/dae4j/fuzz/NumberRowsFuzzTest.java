package io.github.dae4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.cli.csv.NumberRows;
import io.github.dae4j.datasets.DataException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of numbers are finite, or refused with their file and line. */
class NumberRowsFuzzTest {

  @FuzzTest
  void csv(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try (NumberRows rows = new NumberRows("in.csv", new StringReader(text), 2)) {
      while (rows.hasNext()) {
        INDArray next = rows.next(100, DataType.FLOAT);
        assertThat(next.columns()).isEqualTo(2);
        for (float value : next.data().asFloat()) {
          assertThat(value).isFinite();
        }
      }
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith("in.csv:");
    }
  }
}
