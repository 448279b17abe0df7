package io.github.dae4j.stacked.internal;

import io.github.dae4j.internal.file.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/**
 * An ONNX graph on rows, of FLOAT where nothing else is said, in the making: each value has a name,
 * and a node names the values that it takes. The classes of the format are those that the ND4J API
 * brings.
 */
public final class OnnxGraph {

  /** Of 2021: ONNX Runtime reads it from 1.10 on. */
  private static final int IR_VERSION = 8;

  private static final int OPERATOR_SET = 15;
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20); // protobuf's limit

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("dae4j");
  private final Map<String, Integer> names = new HashMap<>();
  private long bytes;

  /** An input [batch, width]. */
  public String input(String name, long width, String description) {
    return input(name, DataType.FLOAT, width, description);
  }

  /** An input [batch, width] of FLOAT or DOUBLE. */
  public String input(String name, DataType type, long width, String description) {
    graph.addInput(rows(unique(name), type, width, description));
    return name;
  }

  /** Declares a value as an output [batch, width]. */
  public void output(String name, String value, long width, String description) {
    output(name, value, DataType.FLOAT, width, description);
  }

  /** Declares a value, which is FLOAT or DOUBLE, as an output [batch, width]. */
  public void output(String name, String value, DataType type, long width, String description) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(unique(name))
            .setOpType("Identity")
            .addInput(value)
            .addOutput(name));
    graph.addOutput(rows(name, type, width, description));
  }

  /** A number. */
  public String number(double number) {
    return tensor("number", new float[] {(float) number});
  }

  /** A number for each column. */
  public String vector(String name, float... numbers) {
    return tensor(name, numbers, numbers.length);
  }

  /** A number for each column, DOUBLE. */
  public String doubles(String name, double... numbers) {
    ByteBuffer raw =
        ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asDoubleBuffer().put(numbers);
    return initializer(name, TensorProto.DataType.DOUBLE, raw, numbers.length);
  }

  /** The same values in another type, FLOAT or DOUBLE. */
  public String cast(String value, DataType type) {
    return node("Cast", Map.of("to", elementType(type)), value);
  }

  private static int elementType(DataType type) {
    return (type == DataType.DOUBLE ? TensorProto.DataType.DOUBLE : TensorProto.DataType.FLOAT)
        .getNumber();
  }

  /** A number for each column. */
  public String vector(String name, INDArray numbers) {
    return tensor(name, floats(numbers), numbers.length());
  }

  /** A matrix, row by row. */
  public String matrix(String name, float[]... rows) {
    int width = rows[0].length;
    float[] numbers = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, numbers, row * width, width);
    }
    return tensor(name, numbers, rows.length, width);
  }

  /** A matrix. */
  public String matrix(String name, INDArray matrix) {
    return tensor(name, floats(matrix), matrix.shape());
  }

  private static float[] floats(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  private String tensor(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(reserved(values.length)).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return initializer(name, TensorProto.DataType.FLOAT, raw, shape);
  }

  private int reserved(long floats) {
    bytes += floats * Float.BYTES;
    if (bytes > MOST_BYTES) {
      throw new UnsupportedOperationException(
          "an ONNX file holds at most 2 GiB, this model has more parameters");
    }
    return (int) (floats * Float.BYTES);
  }

  private String initializer(
      String name, TensorProto.DataType type, ByteBuffer raw, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(unique(name))
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(raw));
    Arrays.stream(shape).forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** A node without attributes. */
  public String node(String operator, String... inputs) {
    return node(operator, Map.of(), inputs);
  }

  /**
   * A node with one output.
   *
   * @param attributes whole numbers are {@code Integer}, others {@code Double}
   */
  public String node(String operator, Map<String, ? extends Number> attributes, String... inputs) {
    return node(operator, attributes, 1, inputs).get(0);
  }

  private List<String> node(
      String operator, Map<String, ? extends Number> attributes, int outputs, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
    attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
    List<String> values =
        IntStream.range(0, outputs)
            .mapToObj(i -> unique(operator.toLowerCase(Locale.ROOT)))
            .toList();
    graph.addNode(node.setName(values.get(0)).addAllInput(List.of(inputs)).addAllOutput(values));
    return values;
  }

  private static AttributeProto attribute(String name, Number value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    return value instanceof Integer
        ? attribute.setType(AttributeProto.AttributeType.INT).setI(value.longValue()).build()
        : attribute.setType(AttributeProto.AttributeType.FLOAT).setF(value.floatValue()).build();
  }

  /** Neighbouring columns of so many widths, apart. */
  public List<String> split(String rows, int... widths) {
    if (widths.length == 1) {
      return List.of(rows);
    }
    return node("Split", Map.of("axis", 1), widths.length, rows, integers("widths", widths));
  }

  private String integers(String name, int... numbers) {
    ByteBuffer raw =
        ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(numbers).forEach(raw::putLong);
    return initializer(name, TensorProto.DataType.INT64, raw.flip(), numbers.length);
  }

  /** The places of so many least values of each row [n, 1] each, in no order. */
  public List<String> least(String rows, int count) {
    String indices =
        node(
                "TopK",
                Map.of("axis", 1, "largest", 0, "sorted", 0),
                2,
                rows,
                integers("count", count))
            .get(1);
    int[] widths = new int[count];
    Arrays.fill(widths, 1);
    return split(indices, widths);
  }

  /** Columns side by side. */
  public String concatenate(List<String> columns) {
    return columns.size() == 1
        ? columns.get(0)
        : node("Concat", Map.of("axis", 1), columns.toArray(String[]::new));
  }

  /** The rows with other values where they are NaN. */
  public String filled(String rows, String values) {
    return node("Where", node("IsNaN", rows), values, rows);
  }

  /** The rows with each value moved into an interval. */
  public String clipped(String rows, double least, double most) {
    return node("Clip", rows, number(least), number(most));
  }

  /**
   * Writes the model, whole or not at all.
   *
   * @param metadata for programs that use it
   * @throws IOException naming the file, which is then as it was before
   */
  public void write(Path file, Map<String, String> metadata) throws IOException {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setProducerName("dae4j")
            .setGraph(graph);
    String version = OnnxGraph.class.getPackage().getImplementationVersion();
    if (version != null) { // it comes from a jar's manifest
      model.setProducerVersion(version);
    }
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    WholeFile.write(file, model.build()::writeTo);
  }

  private static ValueInfoProto rows(String name, DataType type, long width, String description) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(elementType(type)).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .setDocString(description)
        .build();
  }

  private String unique(String name) {
    int used = names.merge(name, 1, Integer::sum);
    return used == 1 ? name : name + "_" + used;
  }
}
