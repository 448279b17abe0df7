package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.internal.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/**
 * Writes a table model's networks as an ONNX file, on features: numbers in the user's units, words
 * one-hot.
 */
final class OnnxTable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ModelColumns columns;
  private final FeatureLayout layout;
  private final LabelUnits label; // null for none
  private final OnnxGraph graph = new OnnxGraph();
  private final float[] mean;
  private final float[] deviation;

  private OnnxTable(ModelColumns columns, LabelUnits label) {
    this.columns = columns;
    layout = columns.layout();
    this.label = label;
    mean = new float[layout.features()];
    deviation = new float[layout.features()];
    for (int column = 0; column < layout.columns(); column++) {
      for (int i = layout.from()[column]; i < layout.from()[column + 1]; i++) {
        deviation[i] = 1;
      }
      Scale scale = columns.scale(column);
      if (scale != null) {
        mean[layout.from()[column]] = (float) scale.mean();
        deviation[layout.from()[column]] = (float) scale.standardDeviation();
      }
    }
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
        layout.features(),
        "numbers, and probabilities of words");
    if (label != null) {
      String prediction = label.isNumber() ? inLabelUnits(told) : told;
      graph.output("prediction", prediction, label.outputs(), label.column());
    }
  }

  /** The input, standardised and within bounds; what is missing is as usual. */
  private String standardised(float[] usual) {
    String x =
        graph.input("x", layout.features(), "features, named in the metadata; NaN is missing");
    float[] inverse = new float[deviation.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = deviation[i] == 0 ? 1 : 1 / deviation[i];
    }
    String centred = graph.node("Sub", x, graph.vector("mean", mean));
    String scaled = graph.node("Mul", centred, graph.vector("inverse", inverse));
    String bounded = graph.clipped(scaled, -TableNet.BOUND, TableNet.BOUND);
    return graph.node("Where", graph.node("IsNaN", x), graph.vector("usual", usual), bounded);
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
    return graph.node("Add", scaled, graph.vector("mean", mean));
  }

  private String inLabelUnits(String told) {
    String scaled = graph.node("Mul", told, graph.number(label.standardDeviation()));
    return graph.node("Add", scaled, graph.number(label.mean()));
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
