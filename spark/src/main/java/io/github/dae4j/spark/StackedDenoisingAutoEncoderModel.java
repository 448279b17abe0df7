package io.github.dae4j.spark;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/**
 * A trained stack as a stage of pipelines: adds columns for code, reconstruction, error, anomaly
 * score and its reasons, and for a label it was fine-tuned on; an empty name means no column.
 *
 * <p>Its folder holds {@code model.zip}, which one machine opens without Spark.
 */
public final class StackedDenoisingAutoEncoderModel extends Model<StackedDenoisingAutoEncoderModel>
    implements MLWritable {

  private static final long serialVersionUID = 1L;

  private static final String FILE = "model.zip";
  private static final String COLUMNS = "columns.json";

  private final String uid;
  private final StringArrayParam inputCols;
  private final Param<String> featuresCol;
  private final Param<String> outputCol;
  private final Param<String> reconstructionCol;
  private final Param<String> errorCol;
  private final Param<String> anomalyCol;
  private final Param<String> reasonsCol;
  private final Param<String> predictionCol;
  private final Param<String> probabilityCol;
  private final StringArrayParam classes;
  private final BooleanParam numericLabel;
  private byte[] file;
  private byte[] table = new byte[0];

  /** Without a stack, as Spark makes it before it reads one. */
  public StackedDenoisingAutoEncoderModel(String uid) {
    this.uid = uid; // which parameters ask for
    inputCols =
        new StringArrayParam(this, "inputCols", "columns that are the input of a table's model");
    featuresCol = new Param<>(this, "featuresCol", "column of vectors or arrays that is the input");
    outputCol = new Param<>(this, "outputCol", "column of the top code, a vector; empty for none");
    reconstructionCol =
        new Param<>(
            this,
            "reconstructionCol",
            "column of the reconstruction, a vector in the units of the features; empty for none");
    errorCol = new Param<>(this, "errorCol", "column of the reconstruction error; empty for none");
    anomalyCol = new Param<>(this, "anomalyCol", "column of the anomaly score; empty for none");
    reasonsCol =
        new Param<>(
            this,
            "reasonsCol",
            "column of the three inputs that an anomaly is due to: column, value, expected, contribution; empty for none");
    predictionCol =
        new Param<>(
            this,
            "predictionCol",
            "column of the predicted label, if the model was fine-tuned; empty for none");
    probabilityCol =
        new Param<>(
            this,
            "probabilityCol",
            "column of class probabilities, a vector, if it was fine-tuned on classes; empty for none");
    classes =
        new StringArrayParam(
            this, "classes", "the values of the label, in the order of their probabilities");
    numericLabel = new BooleanParam(this, "numericLabel", "whether predictions are numbers");
    setDefault(featuresCol, "features");
    setDefault(outputCol, "code");
    setDefault(reconstructionCol, "");
    setDefault(errorCol, "");
    setDefault(anomalyCol, "");
    setDefault(reasonsCol, "");
    setDefault(predictionCol, "prediction");
    setDefault(probabilityCol, "");
    setDefault(numericLabel, false);
  }

  /**
   * Of files in memory.
   *
   * @param table the columns of a table, none if the input is vectors
   */
  static StackedDenoisingAutoEncoderModel of(
      byte[] file, byte[] table, List<String> classes, boolean numericLabel) {
    StackedDenoisingAutoEncoderModel model =
        new StackedDenoisingAutoEncoderModel(
            "sdaeModel_" + UUID.randomUUID().toString().substring(0, 12));
    model.file = file;
    model.table = table;
    if (!classes.isEmpty()) {
      model.set(model.classes, classes.toArray(String[]::new));
    }
    model.set(model.numericLabel, numericLabel);
    return model;
  }

  /**
   * A stack that was trained on one machine, on vectors in the units it was trained in. Classes
   * that it tells are numbers from 0.
   */
  public static StackedDenoisingAutoEncoderModel of(StackedDenoisingAutoEncoder stack) {
    return of(stack, StackFitting.bytes(path -> stack.save(path, false)));
  }

  /** The same with a detector, so that there are anomaly scores. */
  public static StackedDenoisingAutoEncoderModel of(AnomalyDetector detector) {
    StackedDenoisingAutoEncoder stack =
        detector
            .stack()
            .orElseThrow(() -> new IllegalArgumentException("detector must be fitted on a stack"));
    return of(stack, StackFitting.bytes(detector::save));
  }

  private static StackedDenoisingAutoEncoderModel of(
      StackedDenoisingAutoEncoder stack, byte[] file) {
    int outputs =
        stack.network().getOutputLayer().conf().getLayer() instanceof OutputLayer output
            ? Math.toIntExact(output.getNOut())
            : 0;
    List<String> classes =
        outputs < 2 ? List.of() : IntStream.range(0, outputs).mapToObj(String::valueOf).toList();
    return of(file, new byte[0], classes, true);
  }

  /** With the columns that the estimator names. */
  StackedDenoisingAutoEncoderModel withColumnsOf(StackedDenoisingAutoEncoderEstimator estimator) {
    setParent(estimator);
    estimator.copyValues(this, new ParamMap());
    return this;
  }

  /**
   * Adds the columns.
   *
   * @throws IllegalArgumentException naming a column that is missing, of a wrong type, or there
   *     already
   */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    StructType schema = transformSchema(rows.schema());
    return Serving.on(
        rows.toDF(),
        schema,
        new ServedModel.Files(file, table, getClasses(), isNumericLabel()),
        served().columns(StackColumns.of(this)));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return served().columns(StackColumns.of(this)).checked(schema, false);
  }

  /** A copy of the stack, which opens on one machine as well. */
  public StackedDenoisingAutoEncoder stack() {
    return served().stack().copy();
  }

  private ServedModel served() {
    if (file == null) {
      throw new IllegalStateException("the model has no stack: it is made by fit, of or load");
    }
    return ServedModel.of(new ServedModel.Files(file, table, getClasses(), isNumericLabel()));
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StackedDenoisingAutoEncoderModel copy(ParamMap extra) {
    StackedDenoisingAutoEncoderModel copy = defaultCopy(extra);
    copy.file = file;
    copy.table = table;
    return copy.setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  /** Reads what {@link #write} has written. */
  public static MLReader<StackedDenoisingAutoEncoderModel> read() {
    return new Reader();
  }

  public static StackedDenoisingAutoEncoderModel load(String path) {
    return read().load(path);
  }

  /** The values of the label in the order of {@link #probabilityCol}; none without classes. */
  public String[] getClasses() {
    return isDefined(classes) ? getOrDefault(classes) : new String[0];
  }

  private boolean isNumericLabel() {
    return (boolean) getOrDefault(numericLabel);
  }

  /** What all stages have, and the file. */
  private static final class Writer extends MLWriter {

    private final StackedDenoisingAutoEncoderModel model;

    Writer(StackedDenoisingAutoEncoderModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      new DefaultParamsWriter(model).saveImpl(path);
      write(new Path(path, FILE), model.file);
      if (model.table.length > 0) {
        write(new Path(path, COLUMNS), model.table);
      }
    }

    private void write(Path file, byte[] bytes) {
      try (FSDataOutputStream out = files(file).create(file, true)) {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + file, e);
      }
    }

    private FileSystem files(Path file) throws IOException {
      return file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
    }
  }

  private static final class Reader extends MLReader<StackedDenoisingAutoEncoderModel> {

    @Override
    public StackedDenoisingAutoEncoderModel load(String path) {
      StackedDenoisingAutoEncoderModel model =
          new DefaultParamsReader<StackedDenoisingAutoEncoderModel>().load(path);
      Path file = new Path(path, FILE);
      try {
        FileSystem files = file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
        model.file = read(files, file);
        Path columns = new Path(path, COLUMNS);
        model.table = files.exists(columns) ? read(files, columns) : new byte[0];
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
      model.served(); // says what is wrong with it
      return model;
    }

    private static byte[] read(FileSystem files, Path file) throws IOException {
      try (FSDataInputStream in = files.open(file)) {
        return in.readAllBytes();
      }
    }
  }

  public StringArrayParam inputCols() {
    return inputCols;
  }

  public Param<String> featuresCol() {
    return featuresCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public Param<String> reconstructionCol() {
    return reconstructionCol;
  }

  public Param<String> errorCol() {
    return errorCol;
  }

  public Param<String> anomalyCol() {
    return anomalyCol;
  }

  public Param<String> reasonsCol() {
    return reasonsCol;
  }

  public Param<String> predictionCol() {
    return predictionCol;
  }

  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  public StringArrayParam classes() {
    return classes;
  }

  public BooleanParam numericLabel() {
    return numericLabel;
  }

  public StackedDenoisingAutoEncoderModel setInputCols(String... value) {
    set(inputCols, value);
    return this;
  }

  public StackedDenoisingAutoEncoderModel setFeaturesCol(String value) {
    set(featuresCol, value);
    return this;
  }

  public StackedDenoisingAutoEncoderModel setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  public StackedDenoisingAutoEncoderModel setReconstructionCol(String value) {
    set(reconstructionCol, value);
    return this;
  }

  public StackedDenoisingAutoEncoderModel setErrorCol(String value) {
    set(errorCol, value);
    return this;
  }

  public StackedDenoisingAutoEncoderModel setAnomalyCol(String value) {
    set(anomalyCol, value);
    return this;
  }

  public StackedDenoisingAutoEncoderModel setReasonsCol(String value) {
    set(reasonsCol, value);
    return this;
  }

  public StackedDenoisingAutoEncoderModel setPredictionCol(String value) {
    set(predictionCol, value);
    return this;
  }

  public StackedDenoisingAutoEncoderModel setProbabilityCol(String value) {
    set(probabilityCol, value);
    return this;
  }
}
