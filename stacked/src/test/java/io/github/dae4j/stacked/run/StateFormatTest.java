package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class StateFormatTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StateOutput out = new StateOutput(new DataOutputStream(bytes));

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "FLOAT", "HALF", "BFLOAT16"})
  void arraysComeBackInTheirType(DataType type) throws IOException {
    INDArray numbers = Nd4j.linspace(-3, 5, 70_001, DataType.FLOAT).castTo(type); // many chunks
    out.array(numbers);
    INDArray read = in().array();
    assertThat(read.dataType()).isEqualTo(type);
    assertThat(read.shape()).containsExactly(70_001);
    assertThat(read.toDoubleVector()).containsExactly(numbers.toDoubleVector());
  }

  @Test
  void viewsAndUnusualNumbersComeBack() throws IOException {
    INDArray all =
        Nd4j.createFromArray(1f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 6f);
    out.array(all.get(NDArrayIndex.interval(1, 5)));
    float[] read = in().array().toFloatVector();
    assertThat(List.of(bits(read[0]), bits(read[1]), bits(read[2]), bits(read[3])))
        .containsExactly(
            bits(-0f), bits(Float.NaN), bits(Float.NEGATIVE_INFINITY), bits(Float.MIN_VALUE));
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  @Test
  void whatIsNullComesBackAsNull() throws IOException {
    out.optional(null, out::text);
    out.optional("text", out::text);
    StateInput in = in();
    assertThat(in.<String>optional(in::text)).isNull();
    assertThat(in.<String>optional(in::text)).isEqualTo("text");
    in.requireEnd();
  }

  @Test
  void whatIsLeftIsNotOverlooked() throws IOException {
    out.integer(5);
    assertThatThrownBy(in()::requireEnd)
        .isInstanceOf(IOException.class)
        .hasMessage("it goes on for 4 bytes after its end");
  }

  private StateInput in() {
    return new StateInput(new ByteArrayInputStream(bytes.toByteArray()), bytes.size());
  }
}
