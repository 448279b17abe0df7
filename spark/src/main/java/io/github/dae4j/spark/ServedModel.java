package io.github.dae4j.spark;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.TableColumns;
import io.github.dae4j.stacked.table.TableModel;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A model's files, opened: what it makes of rows. One of them is enough for a machine. */
abstract class ServedModel {

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

  /** What a model consists of. */
  static final class Files implements Serializable {

    private static final long serialVersionUID = 1L;

    private final byte[] model;
    private final byte[] table;
    private final String[] classes;
    private final boolean numericLabel;

    /**
     * A model's files.
     *
     * @param table its columns, none if the input is vectors
     * @param classes of the label; none if it has none
     */
    Files(byte[] model, byte[] table, String[] classes, boolean numericLabel) {
      this.model = model;
      this.table = table;
      this.classes = classes;
      this.numericLabel = numericLabel;
    }

    private int key() {
      return 31 * (31 * Arrays.hashCode(model) + Arrays.hashCode(table)) + Arrays.hashCode(classes);
    }

    private boolean isSame(Files other) {
      return Arrays.equals(model, other.model)
          && Arrays.equals(table, other.table)
          && Arrays.equals(classes, other.classes)
          && numericLabel == other.numericLabel;
    }
  }

  private final Files files;
  private final StackedDenoisingAutoEncoder stack;

  private ServedModel(Files files, StackedDenoisingAutoEncoder stack) {
    this.files = files;
    this.stack = stack;
  }

  /** Opens files, unless they are open. */
  static ServedModel of(Files files) {
    synchronized (OPEN) {
      ServedModel open = OPEN.get(files.key());
      if (open == null || !open.files.isSame(files)) {
        open = opened(files);
        OPEN.put(files.key(), open);
      }
      return open;
    }
  }

  private static ServedModel opened(Files files) {
    try {
      Path path = java.nio.file.Files.createTempFile("dae4j-", ".zip");
      try {
        java.nio.file.Files.write(path, files.model);
        return files.table.length > 0
            ? new OfTable(files, TableModel.load(path), TableColumns.of(files.table))
            : new OfVectors(
                files,
                StackedDenoisingAutoEncoder.load(path),
                AnomalyDetector.isIn(path) ? AnomalyDetector.load(path) : null);
      } finally {
        java.nio.file.Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StackedDenoisingAutoEncoder stack() {
    return stack;
  }

  private boolean predicts() {
    return stack.network().getnLayers() > stack.topLayer() + 1;
  }

  /**
   * The columns of a request, without those that this model cannot give.
   *
   * @throws IllegalArgumentException naming one that it should give, and cannot
   */
  StackColumns columns(StackColumns asked) {
    return asked.served(
        predicts()
            ? files.numericLabel ? StackColumns.Label.NUMBER : StackColumns.Label.WORD
            : null,
        files.classes.length > 0);
  }

  /** Rows with what is added to them, in the order of the columns' schema. */
  List<Row> serve(List<Row> rows, int[] inputs, StackColumns columns) {
    List<List<?>> added = added(rows, inputs, columns);
    List<Row> result = new ArrayList<>(rows.size());
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

  /** The columns that are added. */
  abstract List<List<?>> added(List<Row> rows, int[] inputs, StackColumns columns);

  private static void add(List<List<?>> added, String name, Supplier<List<?>> column) {
    if (!name.isEmpty()) {
      added.add(column.get());
    }
  }

  private static List<Vector> vectors(INDArray rows) {
    return Arrays.stream(Slice.rows(rows)).map(ServedModel::vector).toList();
  }

  private static Vector vector(float[] row) {
    double[] values = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      values[i] = row[i];
    }
    return Vectors.dense(values);
  }

  private static List<Double> doubles(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** A label as the column of training had it. */
  private Object label(String text) {
    return files.numericLabel ? (Object) Double.valueOf(text) : text;
  }

  /** A stack on vectors, with a detector or without. */
  private static final class OfVectors extends ServedModel {

    private final AnomalyDetector detector;

    OfVectors(Files files, StackedDenoisingAutoEncoder stack, AnomalyDetector detector) {
      super(files, stack);
      this.detector = detector;
    }

    @Override
    StackColumns columns(StackColumns asked) {
      if (detector == null && !(asked.anomaly().isEmpty() && asked.reasons().isEmpty())) {
        throw new IllegalArgumentException(
            "anomalyCol and reasonsCol must be empty: the model has no detector");
      }
      return super.columns(asked);
    }

    @Override
    List<List<?>> added(List<Row> rows, int[] inputs, StackColumns columns) {
      StackedDenoisingAutoEncoder stack = stack();
      INDArray x = features(rows, inputs[0], columns.features());
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
      if (columns.predicted() != null) {
        INDArray output =
            columns.prediction().isEmpty() && columns.probability().isEmpty()
                ? null
                : stack.predict(x);
        add(added, columns.prediction(), () -> predictions(output));
        add(added, columns.probability(), () -> vectors(output));
      }
      return added;
    }

    private INDArray features(List<Row> rows, int input, String name) {
      int width = Math.toIntExact(stack().network().layerInputSize(0));
      float[] cells = new float[rows.size() * width];
      for (int i = 0; i < rows.size(); i++) {
        double[] numbers = RowReader.numbers(rows.get(i).get(input), name);
        if (numbers.length != width) {
          throw new IllegalArgumentException(
              "column '%s' must have %d numbers in each row, as the model, got %d"
                  .formatted(name, width, numbers.length));
        }
        for (int j = 0; j < width; j++) {
          cells[i * width + j] = (float) numbers[j];
        }
      }
      return Nd4j.createFromArray(cells).reshape(rows.size(), width);
    }

    private List<Object> predictions(INDArray output) {
      String[] classes = super.files.classes;
      return Arrays.stream(Slice.rows(output))
          .map(
              row ->
                  classes.length == 0
                      ? (Object) (double) row[0]
                      : super.label(classes[TuningWork.best(row)]))
          .toList();
    }

    /** Of anomalies the features with the largest errors; of other rows none. */
    private List<Object[]> reasons(INDArray x, INDArray expected, String features) {
      List<Object[]> reasons = new ArrayList<>();
      for (int i = 0; i < x.size(0); i++) {
        reasons.add(new Object[0]);
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
                                      "%s[%s]".formatted(features, feature.index()),
                                      String.valueOf(x.getFloat(anomaly.row(), feature.index())),
                                      String.valueOf(
                                          expected.getFloat(anomaly.row(), feature.index())),
                                      feature.scaledError()))
                          .toArray()));
      return reasons;
    }
  }

  /** A model of a table's columns. */
  private static final class OfTable extends ServedModel {

    private final TableModel model;
    private final TableColumns table;

    OfTable(Files files, TableModel model, TableColumns table) {
      super(files, model.stack());
      this.model = model;
      this.table = table;
    }

    @Override
    List<List<?>> added(List<Row> rows, int[] inputs, StackColumns columns) {
      List<Map<String, Object>> cells =
          rows.stream().map(row -> cells(row, inputs, columns.inputs())).toList();
      List<List<?>> added = new ArrayList<>();
      add(added, columns.code(), () -> each(cells, row -> vector(model.encode(row))));
      add(
          added,
          columns.reconstruction(),
          () ->
              each(
                  cells,
                  row -> {
                    Map<String, String> told = model.reconstruct(row);
                    return columns.inputs().stream().map(told::get).toArray();
                  }));
      add(added, columns.error(), () -> errors(cells));
      List<RowScore> scores =
          columns.anomaly().isEmpty() && columns.reasons().isEmpty()
              ? List.of()
              : cells.stream().map(model::score).toList();
      add(added, columns.anomaly(), () -> scores.stream().map(RowScore::value).toList());
      add(added, columns.reasons(), () -> scores.stream().map(OfTable::reasons).toList());
      if (columns.predicted() != null) {
        List<TableModel.Prediction> told = cells.stream().map(model::predict).toList();
        add(
            added,
            columns.prediction(),
            () -> told.stream().map(each -> super.label(each.label())).toList());
        add(
            added,
            columns.probability(),
            () ->
                told.stream()
                    .map(
                        each ->
                            Vectors.dense(
                                each.probabilities().values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray()))
                    .toList());
      }
      return added;
    }

    private static <T> List<T> each(
        List<Map<String, Object>> rows, Function<Map<String, Object>, T> what) {
      return rows.stream().map(what).toList();
    }

    private static Map<String, Object> cells(Row row, int[] inputs, List<String> names) {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (int i = 0; i < inputs.length; i++) {
        cells.put(names.get(i), RowReader.OfTable.cell(row.get(inputs[i])));
      }
      return cells;
    }

    private List<Double> errors(List<Map<String, Object>> rows) {
      float[][] features = rows.stream().map(table::features).toArray(float[][]::new);
      return doubles(stack().reconstructionError(Nd4j.createFromArray(features)).toDoubleVector());
    }

    /** Spark takes arrays, but no lists of Java's. */
    private static Object[] reasons(RowScore score) {
      return score.isAnomaly()
          ? score.reasons().stream()
              .limit(REASONS)
              .map(
                  reason ->
                      RowFactory.create(
                          reason.column(),
                          reason.value(),
                          reason.expected(),
                          reason.contribution()))
              .toArray()
          : new Object[0];
    }
  }
}
