package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.internal.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/**
 * Writes a table model's networks as an ONNX file, on features: numbers in the user's units, words
 * one-hot. Units are DOUBLE where FLOAT would lose more of a number than results may differ by.
 */
final class OnnxTable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double AGREEMENT = 1e-5; // of a standard deviation
  private static final double ROUNDING = Math.ulp(1f) / 2;
  private static final double MOST_WHOLE = 1 << 24; // to which a float has every whole number

  private final ModelColumns columns;
  private final FeatureLayout layout;
  private final LabelUnits label; // null for none
  private final OnnxGraph graph = new OnnxGraph();
  private final double[] mean;
  private final float[] deviation;
  private final DataType type; // of the input

  private OnnxTable(ModelColumns columns, LabelUnits label) {
    this.columns = columns;
    layout = columns.layout();
    this.label = label;
    mean = new double[layout.features()];
    deviation = new float[layout.features()];
    boolean isSingle = true;
    for (int column = 0; column < layout.columns(); column++) {
      for (int i = layout.from()[column]; i < layout.from()[column + 1]; i++) {
        deviation[i] = 1;
      }
      Scale scale = columns.scale(column);
      if (scale != null) {
        mean[layout.from()[column]] = scale.mean();
        deviation[layout.from()[column]] = (float) scale.standardDeviation();
        isSingle &= isSingle(scale, isWhole(columns.inputs().get(column)));
      }
    }
    type = isSingle ? DataType.FLOAT : DataType.DOUBLE;
  }

  private static boolean isWhole(Column column) {
    return column instanceof DateColumn date
        ? !date.date().hasTime()
        : column instanceof NumericColumn number && Integer.valueOf(0).equals(number.decimals());
  }

  /** Whether a float has so much of each number that it makes no difference. */
  private static boolean isSingle(Scale scale, boolean isWhole) {
    double spread = scale.standardDeviation() == 0 ? 1 : scale.standardDeviation();
    double largest = Math.abs(scale.mean()) + TableNet.BOUND * spread;
    return isWhole && largest <= MOST_WHOLE || ROUNDING * largest <= AGREEMENT * spread;
  }

  static void write(Path file, TableModel model) throws IOException {
    OnnxTable table = new OnnxTable(model.modelColumns(), model.networks().label());
    if (model.networks() instanceof StackNetworks networks) {
      table.add(networks);
    } else {
      table.add((FittedNetworks) model.networks());
    }
    table.graph.write(file, table.metadata());
  }

  private void add(FittedNetworks networks) {
    String x = standardised(networks.net().mean());
    DenoisingNet parts = networks.net().net();
    String code = rectified(x, parts.w(), parts.b());
    String z = linear(code, parts.v(), parts.c());
    addOutputs(
        code, parts.hidden(), expected(z), label == null ? null : told(x, networks.head().told()));
  }

  /** To a stack what is missing is 0. */
  private void add(StackNetworks networks) {
    String x = standardised(new float[layout.features()]);
    Map<String, String> values = networks.stack().addTo(graph, x);
    addOutputs(
        values.get("code"),
        networks.codeLength(),
        graph.clipped(values.get("reconstruction"), -TableNet.BOUND, TableNet.BOUND),
        values.get("prediction"));
  }

  private void addOutputs(String code, int units, String expected, String told) {
    graph.output("code", code, units, "the code");
    graph.output(
        "reconstruction",
        inUnits(expected),
        type,
        layout.features(),
        "numbers, and probabilities of words");
    if (label == null) {
      return;
    }
    if (label.isNumber()) {
      addNumber(told);
    } else {
      graph.output("prediction", told, label.outputs(), label.column());
    }
  }

  private void addNumber(String told) {
    Scale scale = new Scale(label.mean(), label.standardDeviation());
    DataType wide = isSingle(scale, label.decimals() == 0) ? DataType.FLOAT : DataType.DOUBLE;
    String scaled = graph.node("Mul", told, graph.number(scale.standardDeviation()));
    graph.output("prediction", added(scaled, wide, scale.mean()), wide, 1, label.column());
  }

  /** Means added to values of FLOAT. */
  private String added(String values, DataType wide, double... means) {
    return wide == DataType.FLOAT
        ? graph.node("Add", values, graph.vector("mean", floats(means)))
        : graph.node("Add", graph.cast(values, wide), graph.doubles("mean", means));
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /** The input, standardised and within bounds; what is missing is as usual. */
  private String standardised(float[] usual) {
    String x =
        graph.input(
            "x", type, layout.features(), "features, named in the metadata; NaN is missing");
    float[] inverse = new float[deviation.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = deviation[i] == 0 ? 1 : 1 / deviation[i];
    }
    String centred = centred(x);
    String scaled = graph.node("Mul", centred, graph.vector("inverse", inverse));
    String bounded = graph.clipped(scaled, -TableNet.BOUND, TableNet.BOUND);
    return graph.node("Where", graph.node("IsNaN", scaled), graph.vector("usual", usual), bounded);
  }

  /** Of FLOAT the rest of the means goes second: the first difference has no rounding. */
  private String centred(String x) {
    if (type == DataType.DOUBLE) {
      return graph.cast(graph.node("Sub", x, graph.doubles("mean", mean)), DataType.FLOAT);
    }
    float[] rounded = floats(mean);
    float[] rest = new float[mean.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = (float) (mean[i] - rounded[i]);
    }
    String difference = graph.node("Sub", x, graph.vector("mean", rounded));
    return graph.node("Sub", difference, graph.vector("rest", rest));
  }

  private String linear(String x, float[][] w, float[] b) {
    return graph.node("Gemm", x, graph.matrix("W", w), graph.vector("b", b));
  }

  private String rectified(String x, float[][] w, float[] b) {
    return graph.node("Relu", linear(x, w, b));
  }

  /** Neighbouring numbers together, each block of words by itself. */
  private String expected(String z) {
    List<Integer> widths = new ArrayList<>();
    List<Boolean> words = new ArrayList<>();
    for (int column = 0; column < layout.columns(); column++) {
      int width = layout.from()[column + 1] - layout.from()[column];
      int last = widths.size() - 1;
      if (last >= 0 && !words.get(last) && !layout.words()[column]) {
        widths.set(last, widths.get(last) + width);
      } else {
        widths.add(width);
        words.add(layout.words()[column]);
      }
    }
    List<String> parts = new ArrayList<>();
    for (String part : graph.split(z, widths.stream().mapToInt(Integer::intValue).toArray())) {
      double bound = words.get(parts.size()) ? FeatureLayout.LOGIT : TableNet.BOUND;
      String bounded = graph.clipped(part, -bound, bound);
      parts.add(
          words.get(parts.size()) ? graph.node("Softmax", Map.of("axis", 1), bounded) : bounded);
    }
    return graph.concatenate(parts);
  }

  private String inUnits(String expected) {
    String scaled = graph.node("Mul", expected, graph.vector("deviation", deviation));
    return added(scaled, type, mean);
  }

  /** The average of all that tells: probabilities, or the standardised number. */
  private String told(String x, LabelHead.Told told) {
    double shares =
        told.nets().stream().mapToDouble(LabelHead.Net::share).sum()
            + (told.spreading() == null ? 0 : 1);
    List<String> parts = new ArrayList<>();
    told.nets().forEach(each -> parts.add(part(x, each, shares)));
    if (told.spreading() != null) {
      parts.add(graph.node("Mul", spread(x, told.spreading()), graph.number(1 / shares)));
    }
    return graph.node("Sum", parts.toArray(String[]::new));
  }

  private String part(String x, LabelHead.Net each, double shares) {
    String output = linear(rectified(x, each.w(), each.b()), each.u(), each.c());
    String told = each.c().length > 1 ? graph.node("Softmax", Map.of("axis", 1), output) : output;
    return graph.node("Mul", told, graph.number(each.share() / shares));
  }

  /** The mean of the nearest rows' classes; |r|^2 - 2 x r orders rows as their distance does. */
  private String spread(String x, LabelSpreading spreading) {
    float[][] rows = spreading.rows();
    float[][] products = new float[layout.features()][rows.length];
    float[] squares = new float[rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < products.length; i++) {
        products[i][row] = -2 * rows[row][i];
        squares[row] += rows[row][i] * rows[row][i];
      }
    }
    String distances = linear(x, products, squares);
    String classes = graph.matrix("classes", spreading.classes());
    List<String> nearest = graph.least(distances, Math.min(LabelSpreading.NEAREST, rows.length));
    String[] found =
        nearest.stream()
            .map(place -> graph.node("Gather", Map.of("axis", 0), classes, place))
            .toArray(String[]::new);
    String sum = graph.node("Flatten", Map.of("axis", 1), graph.node("Sum", found));
    return graph.node("Mul", sum, graph.number(1.0 / found.length));
  }

  private Map<String, String> metadata() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("features", JSON.writeValueAsString(columns.table().schema().featureNames()));
    metadata.put("table", JSON.writeValueAsString(columns.table()));
    if (label != null) {
      metadata.put("label", label.column());
      metadata.put("classes", JSON.writeValueAsString(label.classes()));
    }
    return metadata;
  }
}
