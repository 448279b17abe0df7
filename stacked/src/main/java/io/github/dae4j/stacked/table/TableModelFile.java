package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.DamageReason;
import io.github.dae4j.stacked.internal.ModelFile;
import io.github.dae4j.stacked.internal.Quantiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.exc.MismatchedInputException;
import org.nd4j.shade.jackson.databind.exc.PropertyBindingException;

/**
 * A table model in the file of its network: what is more than the network is attached, as JSON and
 * arrays, and names no classes.
 */
final class TableModelFile {

  private static final int VERSION = 1;
  private static final int MOST_SCORES = 10_000;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Content(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) ModelColumns columns,
      Double netOfNumbers,
      Double netOfWords,
      Double nearOfNumbers,
      Double nearOfWords,
      Filling filling,
      @JsonProperty(required = true) boolean normal,
      @JsonProperty(required = true) double contamination,
      Detector detector,
      Head head) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Detector(
      @JsonProperty(required = true) int nets,
      @JsonProperty(required = true) double[] usual,
      @JsonProperty(required = true) double error,
      double[] usualNormal,
      Double errorNormal,
      @JsonProperty(required = true) double distance,
      @JsonProperty(required = true) double[] scores) {}

  private record Head(
      @JsonProperty(required = true) String column,
      @JsonProperty(required = true) List<String> classes,
      @JsonProperty(required = true) double mean,
      @JsonProperty(required = true) double standardDeviation,
      @JsonProperty(required = true) int decimals,
      @JsonProperty(required = true) float[] shares,
      boolean spread) {}

  private TableModelFile() {}

  static void write(Path file, TableModel model) throws IOException {
    write(file, model.networks().stack(), bytes(model));
  }

  static void write(Path file, StackedDenoisingAutoEncoder stack, byte[] attachment)
      throws IOException {
    ModelFile.write(
        file,
        stack.network(),
        stack.normalization().orElse(null),
        stack.properties(),
        false,
        attachment);
  }

  static byte[] bytes(TableModel model) throws IOException {
    if (model.networks() instanceof StackNetworks networks) {
      return TableStackFile.bytes(model, networks);
    }
    return bytes(model, (FittedNetworks) model.networks());
  }

  private static byte[] bytes(TableModel model, FittedNetworks networks) throws IOException {
    TableNet net = networks.net();
    ModelArrays.Writer arrays = new ModelArrays.Writer();
    arrays.put(net.mean());
    if (net.normal() != null) {
      arrays.put(net.normal().precision());
    }
    if (net.near() != null) {
      arrays.put(net.near().rows());
    }
    RowDetector detector = networks.detector();
    if (detector != null) {
      for (DenoisingNet each : detector.nets()) {
        arrays.put(each.w()).put(each.b()).put(each.v()).put(each.c());
      }
      for (NormalExpectation each : detector.normals()) {
        arrays.put(each.weights()).put(each.bias());
      }
      arrays.put(detector.near().rows());
    }
    LabelHead head = networks.head();
    if (head != null) {
      for (LabelHead.Net each : head.told().nets()) {
        arrays.put(each.w()).put(each.b()).put(each.u()).put(each.c());
      }
      if (head.told().spreading() != null) {
        arrays.put(head.told().spreading().rows()).put(head.told().spreading().classes());
      }
    }
    Content content =
        new Content(
            VERSION,
            model.modelColumns(),
            null,
            null,
            null,
            null,
            net.filling(),
            net.normal() != null,
            model.contamination(),
            detector == null ? null : described(detector),
            head == null ? null : described(head));
    return arrays.bytes(TableFile.MAPPER.writeValueAsBytes(content));
  }

  private static Detector described(RowDetector detector) {
    UsualErrors usualNormal = detector.usualNormal();
    return new Detector(
        detector.nets().size(),
        detector.usual().ofColumns(),
        detector.usual().sum(),
        usualNormal == null ? null : usualNormal.ofColumns(),
        usualNormal == null ? null : usualNormal.sum(),
        detector.distance(),
        few(detector.scores()));
  }

  /** Of many scores so many quantiles. */
  static double[] few(double[] sorted) {
    if (sorted.length <= MOST_SCORES) {
      return sorted;
    }
    double[] few = new double[MOST_SCORES + 1];
    for (int i = 0; i <= MOST_SCORES; i++) {
      few[i] = Quantiles.of(sorted, (double) i / MOST_SCORES);
    }
    return few;
  }

  private static Head described(LabelHead head) {
    List<LabelHead.Net> nets = head.told().nets();
    float[] shares = new float[nets.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = nets.get(i).share();
    }
    return new Head(
        head.units().column(),
        head.units().classes(),
        head.units().mean(),
        head.units().standardDeviation(),
        head.units().decimals(),
        shares,
        head.told().spreading() != null);
  }

  static boolean isIn(Path file) {
    return ModelFile.hasAttachment(file, ModelArrays.MARK);
  }

  static TableModel read(Path file) throws IOException {
    ModelFile.Attached<StackedDenoisingAutoEncoder> model =
        ModelFile.readAttached(file, PretrainableNetwork::new, StackedDenoisingAutoEncoder::of);
    try {
      return model(model);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot load %s: expected a model that TableModel has saved, but %s"
              .formatted(file, DamageReason.of(e)),
          e);
    }
  }

  private static TableModel model(ModelFile.Attached<StackedDenoisingAutoEncoder> model)
      throws IOException {
    ModelArrays.Reader arrays = new ModelArrays.Reader(model.attachment());
    JsonNode described = TableFile.MAPPER.readTree(arrays.json());
    if (described.path("version").asInt() == TableStackFile.VERSION) {
      arrays.requireEnd();
      return TableStackFile.model(arrays.json(), model.model());
    }
    Content content = content(arrays.json(), Content.class);
    if (content == null || content.version() != VERSION) {
      throw new IOException("it is no table model of version " + VERSION);
    }
    Filling filling = filling(content);
    requireFinite("settings", content.contamination());
    requireContamination(content.contamination());
    FeatureLayout layout = content.columns().layout();
    DenoisingNet net = DenoisingNet.of(model.model());
    if (net.features() != layout.features()) {
      throw new IOException(
          "its columns have %d features, its network %d"
              .formatted(layout.features(), net.features()));
    }
    float[] mean = arrays.row(layout.features());
    GaussianFill normal =
        content.normal()
            ? GaussianFill.checked(mean, arrays.rows(layout.features(), layout.features()))
            : null;
    NearestRows near =
        filling.needsNearest() ? NearestRows.of(arrays.rowsOf(layout.features()), layout) : null;
    TableNet table = new TableNet(layout, net, normal, mean, near, filling);
    RowDetector detector =
        content.detector() == null ? null : detector(content.detector(), layout, arrays);
    LabelHead head =
        content.head() == null ? null : head(content.head(), layout.features(), arrays);
    arrays.requireEnd();
    return new TableModel(
        content.columns(),
        new FittedNetworks(model.model(), table, detector, head),
        content.contamination());
  }

  /** Earlier builds wrote weights of sums, the first of them none of nearest rows. */
  private static Filling filling(Content content) throws IOException {
    if (content.filling() != null) {
      return content.filling();
    }
    if (content.netOfNumbers() == null || content.netOfWords() == null) {
      throw otherBuild("lacks what this version of dae4j writes%s", "", null);
    }
    return Filling.ofSums(
        content.netOfNumbers(),
        Objects.requireNonNullElse(content.nearOfNumbers(), 0.0),
        content.netOfWords(),
        Objects.requireNonNullElse(content.nearOfWords(), 0.0));
  }

  static void requireContamination(double share) throws IOException {
    if (!(share > 0 && share <= 0.5)) {
      throw new IOException("its contamination must be in (0, 0.5], got " + share);
    }
  }

  /** Of builds between releases there were others. */
  static <T> T content(byte[] json, Class<T> kind) throws IOException {
    try {
      return TableFile.MAPPER.readValue(json, kind);
    } catch (PropertyBindingException e) {
      throw otherBuild(
          "has '%s', which this version of dae4j does not write", e.getPropertyName(), e);
    } catch (MismatchedInputException e) {
      if (e.getOriginalMessage().startsWith("Missing required")) {
        throw otherBuild("lacks what this version of dae4j writes%s", "", e);
      }
      throw e;
    }
  }

  private static IOException otherBuild(String format, String what, Exception cause) {
    return new IOException(
        "it " + format.formatted(what) + ": another build saved it; train the model again", cause);
  }

  static void requireFinite(String what, double... values) throws IOException {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IOException("its %s must be finite numbers, got %s".formatted(what, value));
      }
    }
  }

  /** What scores are divided by. */
  static void requirePositive(String what, double... values) throws IOException {
    for (double value : values) {
      if (!(value > 0)) {
        throw new IOException("its %s must be positive, got %s".formatted(what, value));
      }
    }
  }

  private static RowDetector detector(
      Detector content, FeatureLayout layout, ModelArrays.Reader arrays) throws IOException {
    if (content.nets() < 1 || content.usual().length != layout.columns()) {
      throw new IOException("its detector is for other columns");
    }
    requireFinite("usual errors", content.usual());
    double[] scores = sorted(content.scores());
    requireFinite("detector", content.error(), content.distance());
    requirePositive("usual errors", content.usual());
    requirePositive("detector", content.error(), content.distance());
    int features = layout.features();
    List<DenoisingNet> nets = new ArrayList<>();
    for (int i = 0; i < content.nets(); i++) {
      float[][] w = arrays.rows(features);
      int hidden = w[0].length;
      nets.add(
          new DenoisingNet(
              w, arrays.row(hidden), arrays.rows(hidden, features), arrays.row(features)));
    }
    UsualErrors usualNormal = usualNormal(content, layout);
    List<NormalExpectation> normals = new ArrayList<>();
    for (int i = 0; usualNormal != null && i < content.nets(); i++) {
      normals.add(new NormalExpectation(arrays.rows(features, features), arrays.row(features)));
    }
    NearestRows near = NearestRows.of(arrays.rowsOf(features), layout);
    return new RowDetector(
        layout,
        List.copyOf(nets),
        new UsualErrors(content.usual(), content.error()),
        List.copyOf(normals),
        usualNormal,
        near,
        content.distance(),
        scores);
  }

  /** Null where there are no normal distributions: of many features, and in earlier files. */
  private static UsualErrors usualNormal(Detector content, FeatureLayout layout)
      throws IOException {
    if (content.usualNormal() == null || content.errorNormal() == null) {
      return null;
    }
    if (content.usualNormal().length != layout.columns()
        || layout.features() > NormalExpectation.MOST_FEATURES) {
      throw new IOException("its detector is for other columns");
    }
    requireFinite("usual errors", content.usualNormal());
    requireFinite("detector", content.errorNormal());
    requirePositive("usual errors", content.usualNormal());
    requirePositive("detector", content.errorNormal());
    return new UsualErrors(content.usualNormal(), content.errorNormal());
  }

  /** Scores of training rows, of which there are some, in ascending order. */
  static double[] sorted(double[] scores) throws IOException {
    if (scores.length == 0) {
      throw new IOException("it has no scores of training rows");
    }
    requireFinite("scores", scores);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static LabelHead head(Head content, int features, ModelArrays.Reader arrays)
      throws IOException {
    requireFinite("label", content.mean(), content.standardDeviation());
    for (float share : content.shares()) {
      requireFinite("shares of networks", share);
      requirePositive("shares of networks", share);
    }
    if (content.shares().length == 0 && !content.spread()) {
      throw new IOException("its label has no network");
    }
    int outputs = Math.max(1, content.classes().size());
    List<LabelHead.Net> nets = new ArrayList<>();
    for (int i = 0; i < content.shares().length; i++) {
      float[][] w = arrays.rows(features);
      int hidden = w[0].length;
      nets.add(
          new LabelHead.Net(
              w,
              arrays.row(hidden),
              arrays.rows(hidden, outputs),
              arrays.row(outputs),
              content.shares()[i]));
    }
    LabelSpreading spreading = null;
    if (content.spread()) {
      float[][] rows = arrays.rowsOf(features);
      spreading = new LabelSpreading(rows, arrays.rows(rows.length, outputs));
    }
    return new LabelHead(
        new LabelUnits(
            content.column(),
            content.classes(),
            content.mean(),
            content.standardDeviation(),
            content.decimals()),
        new LabelHead.Told(List.copyOf(nets), spreading));
  }
}
