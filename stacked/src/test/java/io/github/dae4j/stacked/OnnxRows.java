package io.github.dae4j.stacked;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows through an ONNX file, by ONNX Runtime. */
public final class OnnxRows {

  private OnnxRows() {}

  /** All outputs of an input x [n, columns], by name. */
  public static Map<String, INDArray> outputs(Path file, INDArray x) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, INDArray> outputs = new TreeMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file.toString(), options);
          OnnxTensor rows = tensor(environment, session, x);
          OrtSession.Result result = session.run(Map.of("x", rows))) {
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          Object rowsOfOutput = output.getValue().getValue();
          outputs.put(
              output.getKey(),
              rowsOfOutput instanceof double[][] doubles
                  ? Nd4j.createFromArray(doubles)
                  : Nd4j.createFromArray((float[][]) rowsOfOutput));
        }
      }
    } catch (OrtException e) {
      throw new AssertionError(file + ": " + e.getMessage(), e);
    }
    return outputs;
  }

  /** In the type that the file asks for. */
  private static OnnxTensor tensor(OrtEnvironment environment, OrtSession session, INDArray x)
      throws OrtException {
    boolean isDouble =
        ((TensorInfo) session.getInputInfo().get("x").getInfo()).type == OnnxJavaType.DOUBLE;
    return OnnxTensor.createTensor(
        environment, isDouble ? x.toDoubleMatrix() : (Object) x.toFloatMatrix());
  }

  /** Checks that all values are the same to 1e-5 of the largest. */
  public static void assertSame(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    INDArray wide = expected.castTo(DataType.DOUBLE);
    assertThat(wide.isNaN().any()).isFalse();
    double scale = Math.max(1e-3, wide.amaxNumber().doubleValue());
    double difference = actual.castTo(DataType.DOUBLE).sub(wide).amaxNumber().doubleValue();
    assertThat(difference / scale).isLessThanOrEqualTo(1e-5);
  }
}
