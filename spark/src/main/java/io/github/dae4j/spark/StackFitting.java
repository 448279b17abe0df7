package io.github.dae4j.spark;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableColumns;
import io.github.dae4j.stacked.table.TableModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/** Makes a model of a Dataset: examines its rows, trains the stack in rounds, fits the detector. */
final class StackFitting {

  private static final int MOST_CLASSES = 1000;
  private static final int MOST_NUMBERED_CLASSES = 100;
  private static final int ROWS_OF_DETECTOR = 10_000;
  private static final int LEAST_TABLE_ROWS = 8;
  private static final long MOST_TABLE_ROWS = 100_000;
  private static final long MOST_TABLE_CELLS = 10_000_000;

  private final StackedDenoisingAutoEncoderEstimator estimator;
  private final StackSettings settings;
  private final StackColumns columns;
  private final Dataset<?> rows;
  private final List<TrainingListener> listeners;
  private final JavaSparkContext spark;

  StackFitting(
      StackedDenoisingAutoEncoderEstimator estimator,
      Dataset<?> rows,
      List<TrainingListener> listeners) {
    this.estimator = estimator;
    this.rows = rows;
    this.listeners = listeners;
    settings = new StackSettings(estimator);
    columns = StackColumns.of(estimator);
    spark = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
  }

  StackedDenoisingAutoEncoderModel fit() {
    List<String> names = new ArrayList<>(columns.input());
    if (columns.hasLabel()) {
      names.add(columns.label());
    }
    int validation = columns.validation().isEmpty() ? -1 : names.size();
    if (validation >= 0) {
      names.add(columns.validation());
    }
    JavaRDD<Row> selected =
        rows.select(names.stream().map(StackFitting::column).toArray(Column[]::new))
            .toDF()
            .javaRDD();
    return columns.isTable()
        ? fitTable(selected, names, validation)
        : fitVectors(selected, validation);
  }

  private StackedDenoisingAutoEncoderModel fitVectors(JavaRDD<Row> selected, int validation) {
    int width = width(selected);
    List<String> classes = columns.hasLabel() ? classes() : List.of();
    boolean isNumber = columns.hasLabel() && classes.isEmpty();
    int outputs = !columns.hasLabel() ? 0 : isNumber ? 1 : classes.size();
    StackedDenoisingAutoEncoder stack = settings.stack(width, null, outputs, isNumber);
    RowReader reader =
        new RowReader.OfVectors(
            columns.features(),
            width,
            stack.isMissingAllowed(),
            StackSettings.inUnitInterval(stack),
            columns.hasLabel() ? label(classes) : null);
    INDArray sample = train(stack, selected, reader, validation, classes.size());
    AnomalyDetector detector =
        AnomalyDetector.fit(
            stack, sample, DetectorPlan.ofContamination(settings.number("contamination")));
    return StackedDenoisingAutoEncoderModel.of(
            bytes(detector::save), new byte[0], classes, isLabelNumeric())
        .withColumnsOf(estimator);
  }

  private StackedDenoisingAutoEncoderModel fitTable(
      JavaRDD<Row> selected, List<String> names, int validation) {
    List<String> cells = validation < 0 ? names : names.subList(0, validation);
    TableColumns table = table(selected, cells, validation);
    List<String> classes = table.classes();
    boolean isNumber = columns.hasLabel() && classes.isEmpty();
    int outputs = !columns.hasLabel() ? 0 : isNumber ? 1 : classes.size();
    StackedDenoisingAutoEncoder stack =
        settings.stack(table.schema().width(), table.schema(), outputs, isNumber);
    RowReader reader = new RowReader.OfTable(cells, columns.hasLabel(), table.toBytes());
    INDArray sample = train(stack, selected, reader, validation, classes.size());
    TableModel model = table.model(stack, Slice.rows(sample), settings.number("contamination"));
    return StackedDenoisingAutoEncoderModel.of(
            bytes(model::save), table.toBytes(), classes, isLabelNumeric())
        .withColumnsOf(estimator);
  }

  /** Columns and units, of all rows or so many that a hash of their content chooses. */
  private TableColumns table(JavaRDD<Row> selected, List<String> names, int validation) {
    JavaRDD<Row> train = selected.filter(row -> !Examination.isHeld(row, validation));
    long count = train.count();
    long most =
        Math.max(LEAST_TABLE_ROWS, Math.min(MOST_TABLE_ROWS, MOST_TABLE_CELLS / names.size()));
    long share = count <= most ? Long.MAX_VALUE : (long) (Long.MAX_VALUE * ((double) most / count));
    String[] cells = names.toArray(String[]::new);
    if (count < LEAST_TABLE_ROWS) {
      throw new IllegalArgumentException(
          "a table needs at least %d rows to train on, got %d".formatted(LEAST_TABLE_ROWS, count));
    }
    List<Map<String, Object>> some =
        train
            .map(row -> new Tuple2<>(Slice.hash(row, cells.length), row))
            .filter(row -> row._1() >>> 1 <= share)
            .collect()
            .stream()
            .sorted(
                Comparator.comparingLong((Tuple2<Long, Row> row) -> row._1())
                    .thenComparing(row -> row._2().mkString("\u0000")))
            .map(row -> RowReader.OfTable.cells(row._2(), cells))
            .toList();
    TableModel.Builder builder = TableModel.builder();
    if (columns.hasLabel()) {
      builder.label(columns.label());
    }
    for (String choice : estimator.getOrDefault(estimator.columnTypes())) {
      int equals = choice.lastIndexOf('=');
      if (equals < 1 || !columns.inputs().contains(choice.substring(0, equals))) {
        throw new IllegalArgumentException(
            "columnTypes must be name=type of inputs, got '%s'".formatted(choice));
      }
      builder.column(choice.substring(0, equals), choice.substring(equals + 1));
    }
    return builder.columns(Table.of(some));
  }

  /** A column whose name may have dots in it. */
  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private int width(JavaRDD<Row> selected) {
    List<Row> first = selected.filter(row -> !row.isNullAt(0)).take(1);
    if (first.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no row to train on with a value in column '%s'".formatted(columns.features()));
    }
    int width = RowReader.numbers(first.get(0).get(0), columns.features()).length;
    if (width == 0) {
      throw new IllegalArgumentException(
          "column '%s' must hold at least one number in each row, got none"
              .formatted(columns.features()));
    }
    return width;
  }

  private boolean isLabelNumeric() {
    return columns.hasLabel()
        && rows.schema().apply(columns.label()).dataType() instanceof NumericType;
  }

  /** The values of the label in their order; none if it is a number rather than a class. */
  private List<String> classes() {
    List<Row> values =
        rows.select(column(columns.label())).distinct().limit(MOST_CLASSES + 2).collectAsList();
    List<Object> known =
        values.stream()
            .map(row -> row.get(0))
            .filter(value -> !RowReader.Label.isMissing(value))
            .toList();
    if (isLabelNumeric()
        && (known.size() > MOST_NUMBERED_CLASSES
            || known.stream().anyMatch(value -> ((Number) value).doubleValue() % 1 != 0))) {
      return List.of();
    }
    List<String> names = known.stream().map(RowReader.Label::name).distinct().toList();
    if (names.size() < 2 || names.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "labelCol '%s' must have from 2 to %d different values, got %s"
              .formatted(
                  columns.label(), MOST_CLASSES, names.size() > MOST_CLASSES ? "more" : names));
    }
    Comparator<String> order =
        isLabelNumeric() ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    return names.stream().sorted(order).toList();
  }

  private RowReader.Label label(List<String> classes) {
    Map<String, Integer> indices = new LinkedHashMap<>();
    classes.forEach(name -> indices.put(name, indices.size()));
    return new RowReader.Label(columns.label(), indices);
  }

  /**
   * Trains a stack, in place, and returns some rows that tell what is usual: validation rows if
   * there are any.
   */
  private INDArray train(
      StackedDenoisingAutoEncoder stack,
      JavaRDD<Row> selected,
      RowReader reader,
      int validation,
      int classes) {
    int workers = settings.integer("partitions");
    if (workers == 0) {
      workers = spark.defaultParallelism();
    }
    Examination examined = Examination.of(selected, reader, validation);
    int width = Math.toIntExact(stack.network().layerInputSize(0));
    Rounds rounds = settings.rounds(workers, examined.rows(), width);
    StackTraining.Plan plan = settings.plan(stack.topLayer() + 1, rounds, classes);
    Checkpoints checkpoints = checkpoints(examined, rounds);
    JavaRDD<float[]> train =
        selected.filter(row -> !Examination.isHeld(row, validation)).map(reader::read);
    JavaRDD<float[]> held =
        examined.held() == 0
            ? null
            : selected.filter(row -> Examination.isHeld(row, validation)).map(reader::read);
    RoundListeners observer =
        new RoundListeners(spark, stack.network(), stack.topLayer() + 1, listeners);
    long seed = settings.seed();
    JavaRDD<Slice> slices = Slice.of(train, rounds.slices(), seed);
    JavaRDD<Slice> heldSlices = held == null ? null : Slice.of(held, workers, seed);
    try (SparkWorkers cluster =
        new SparkWorkers(
            spark,
            slices,
            heldSlices,
            StorageLevel.fromString(settings.text("storageLevel")),
            mostCollected())) {
      new StackTraining(stack, plan, cluster, new RoundTraining(cluster, checkpoints, observer))
          .run();
      return sample(heldSlices == null ? slices : heldSlices, width);
    } finally {
      observer.close();
    }
  }

  /** What a round may bring to the driver: half of what Spark lets a job bring. */
  private long mostCollected() {
    long most = spark.getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
    return most == 0 ? Long.MAX_VALUE : most / 2;
  }

  private Checkpoints checkpoints(Examination examined, Rounds rounds) {
    String folder = settings.text("checkpointDirectory");
    if (folder.isEmpty()) {
      return null;
    }
    Map<String, String> facts = settings.facts();
    facts.put("partitions", String.valueOf(rounds.workers()));
    facts.put("rows", String.valueOf(examined.rows()));
    facts.put("validation rows", String.valueOf(examined.held()));
    facts.put("digest of the rows", Long.toHexString(examined.digest()));
    return Checkpoints.in(folder, spark.hadoopConfiguration(), facts);
  }

  /** Up to {@value #ROWS_OF_DETECTOR} rows, the same ones of the same slices. */
  private static INDArray sample(JavaRDD<Slice> slices, int width) {
    int each = Math.max(1, ROWS_OF_DETECTOR / slices.getNumPartitions());
    List<float[]> sampled =
        slices
            .map(
                slice ->
                    slice.rows() == 0
                        ? new float[0]
                        : Slice.cells(slice.columns(0, width, slice.first(each))))
            .collect();
    int cells = sampled.stream().mapToInt(part -> part.length).sum();
    float[] all = new float[cells];
    int to = 0;
    for (float[] part : sampled) {
      System.arraycopy(part, 0, all, to, part.length);
      to += part.length;
    }
    return Nd4j.createFromArray(all).reshape(cells / width, width);
  }

  /** Writes a file. */
  @FunctionalInterface
  interface Saving {
    void to(Path file) throws IOException;
  }

  /** The bytes of what is saved to a file. */
  static byte[] bytes(Saving saving) {
    try {
      Path file = Files.createTempFile("dae4j-", ".zip");
      try {
        saving.to(file);
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
