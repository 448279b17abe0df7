package io.github.dae4j.spark;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A model's file, opened: what it makes of rows. One of a file is enough for a machine. */
final class ServedModel {

  private static final int MOST_OPEN = 4;
  private static final int REASONS = 3;

  private static final Map<Integer, ServedModel> OPEN =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, ServedModel> eldest) {
          return size() > MOST_OPEN;
        }
      };

  private final byte[] file;
  private final StackedDenoisingAutoEncoder stack;
  private final AnomalyDetector detector;
  private final List<String> classes;
  private final boolean numericLabel;

  private ServedModel(byte[] file, List<String> classes, boolean numericLabel) {
    this.file = file;
    this.classes = classes;
    this.numericLabel = numericLabel;
    try {
      Path path = Files.createTempFile("dae4j-", ".zip");
      try {
        Files.write(path, file);
        stack = StackedDenoisingAutoEncoder.load(path);
        detector = AnomalyDetector.isIn(path) ? AnomalyDetector.load(path) : null;
      } finally {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a file, unless it is open. */
  static ServedModel of(byte[] file, String[] classes, boolean numericLabel) {
    int key = 31 * Arrays.hashCode(file) + Arrays.hashCode(classes);
    synchronized (OPEN) {
      ServedModel open = OPEN.get(key);
      if (open == null || !Arrays.equals(open.file, file)) {
        open = new ServedModel(file, List.of(classes), numericLabel);
        OPEN.put(key, open);
      }
      return open;
    }
  }

  StackedDenoisingAutoEncoder stack() {
    return stack;
  }

  private boolean predicts() {
    return stack.network().getnLayers() > stack.topLayer() + 1;
  }

  private int width() {
    return Math.toIntExact(stack.network().layerInputSize(0));
  }

  /** The columns of a request, without those that this model cannot give. */
  StackColumns columns(StackColumns asked) {
    if (detector == null && !(asked.anomaly().isEmpty() && asked.reasons().isEmpty())) {
      throw new IllegalArgumentException(
          "anomalyCol and reasonsCol must be empty: the model has no detector");
    }
    return asked.served(
        predicts() ? numericLabel ? StackColumns.Label.NUMBER : StackColumns.Label.WORD : null,
        !classes.isEmpty());
  }

  /** Rows with what is added to them, in the order of the columns' schema. */
  List<Row> serve(List<Row> rows, int[] inputs, StackColumns columns) {
    float[] cells = new float[rows.size() * width()];
    for (int i = 0; i < rows.size(); i++) {
      double[] numbers = RowReader.numbers(rows.get(i).get(inputs[0]), columns.features());
      if (numbers.length != width()) {
        throw new IllegalArgumentException(
            "column '%s' must have %d numbers in each row, as the model, got %d"
                .formatted(columns.features(), width(), numbers.length));
      }
      for (int j = 0; j < numbers.length; j++) {
        cells[i * width() + j] = (float) numbers[j];
      }
    }
    INDArray x = Nd4j.createFromArray(cells).reshape(rows.size(), width());
    List<List<?>> added = new ArrayList<>();
    add(added, columns.code(), () -> vectors(stack.encode(x)));
    INDArray expected =
        columns.reconstruction().isEmpty() && columns.reasons().isEmpty()
            ? null
            : stack.reconstruct(x);
    add(added, columns.reconstruction(), () -> vectors(expected));
    add(added, columns.error(), () -> doubles(stack.reconstructionError(x).toDoubleVector()));
    add(added, columns.anomaly(), () -> doubles(detector.score(x)));
    add(added, columns.reasons(), () -> reasons(x, expected, columns.features()));
    if (predicts()) {
      float[][] output =
          columns.prediction().isEmpty() && columns.probability().isEmpty()
              ? null
              : stack.predict(x).toFloatMatrix();
      add(added, columns.prediction(), () -> predictions(output));
      add(added, columns.probability(), () -> vectors(output));
    }
    List<Row> result = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Object[] values = new Object[row.size() + added.size()];
      for (int j = 0; j < row.size(); j++) {
        values[j] = row.get(j);
      }
      for (int j = 0; j < added.size(); j++) {
        values[row.size() + j] = added.get(j).get(i);
      }
      result.add(RowFactory.create(values));
    }
    return result;
  }

  private static void add(
      List<List<?>> added, String name, Supplier<List<?>> column) {
    if (!name.isEmpty()) {
      added.add(column.get());
    }
  }

  private static List<Vector> vectors(INDArray rows) {
    return vectors(rows.toFloatMatrix());
  }

  private static List<Vector> vectors(float[][] rows) {
    List<Vector> vectors = new ArrayList<>(rows.length);
    for (float[] row : rows) {
      double[] values = new double[row.length];
      for (int i = 0; i < row.length; i++) {
        values[i] = row[i];
      }
      vectors.add(Vectors.dense(values));
    }
    return vectors;
  }

  private static List<Double> doubles(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private List<?> predictions(float[][] output) {
    return Arrays.stream(output)
        .map(
            row ->
                classes.isEmpty()
                    ? (Object) (double) row[0]
                    : numericLabel
                        ? (Object) Double.valueOf(classes.get(TuningWork.best(row)))
                        : classes.get(TuningWork.best(row)))
        .toList();
  }

  /** Of anomalies the features with the largest errors; of other rows none. */
  private List<List<Row>> reasons(INDArray x, INDArray expected, String features) {
    List<List<Row>> reasons = new ArrayList<>();
    for (int i = 0; i < x.size(0); i++) {
      reasons.add(List.of());
    }
    detector
        .topFeatures(x, REASONS)
        .forEach(
            anomaly ->
                reasons.set(
                    anomaly.row(),
                    anomaly.features().stream()
                        .map(
                            feature ->
                                RowFactory.create(
                                    "%s[%d]".formatted(features, feature.index()),
                                    String.valueOf(x.getFloat(anomaly.row(), feature.index())),
                                    String.valueOf(
                                        expected.getFloat(anomaly.row(), feature.index())),
                                    feature.scaledError()))
                        .toList()));
    return reasons;
  }
}
