package io.github.dae4j.spark;

import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.listener.ValidationListener;
import io.github.dae4j.stacked.table.TableProfile.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Trains a model of a table on a cluster, for spark-submit: {@code SparkTrain CONFIG.yaml -o FOLDER
 * [--set KEY=VALUE] [--overwrite]}. The configuration is that of {@code dae4j train} for tables;
 * {@code spark} in it has the estimator's parameters.
 */
public final class SparkTrain {

  private static final String USAGE =
      "usage: spark-submit --class io.github.dae4j.spark.SparkTrain dae4j-spark.jar CONFIG.yaml -o"
          + " FOLDER [--set KEY=VALUE]... [--overwrite]";
  private static final Set<String> KEYS = Set.of("seed", "data", "model", "spark");
  private static final Set<String> DATA =
      Set.of("table", "label", "missing", "columns", "separator", "decimal", "header", "encoding");
  private static final Set<String> MODEL =
      Set.of("units", "corruption", "contamination", "updates", "detector");

  private SparkTrain() {}

  public static void main(String[] arguments) {
    int code = run(arguments, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs it and says what is wrong in one line; returns the exit code. */
  static int run(String[] arguments, PrintStream messages) {
    try {
      train(new Arguments(arguments), messages);
      return 0;
    } catch (IllegalArgumentException | IOException e) {
      messages.println("dae4j: " + e.getMessage());
      return 2;
    } catch (Exception e) { // Spark's own are declared nowhere
      messages.println("dae4j: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return 1;
    }
  }

  private static void train(Arguments arguments, PrintStream messages) throws IOException {
    try (SparkSession spark =
        SparkSession.builder().appName("dae4j " + arguments.configuration).getOrCreate()) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      Path output = new Path(arguments.output);
      if (!arguments.overwrite && output.getFileSystem(hadoop).exists(output)) {
        throw new IllegalArgumentException(
            "%s is there already; --overwrite replaces it".formatted(output));
      }
      Map<String, Object> yaml = read(new Path(arguments.configuration), hadoop);
      arguments.settings.forEach((key, value) -> set(yaml, key, value));
      Map<String, Object> data = section(yaml, "data", DATA);
      Dataset<Row> rows = rows(spark, data);
      StackedDenoisingAutoEncoderEstimator estimator = estimator(yaml, data, rows);
      estimator.setListeners(new Lines(messages));
      StackedDenoisingAutoEncoderModel model = estimator.fit(rows);
      if (arguments.overwrite) {
        model.write().overwrite().save(arguments.output);
      } else {
        model.write().save(arguments.output);
      }
      messages.printf("the model is in %s; model.zip there opens on one machine%n", output);
    }
  }

  private static Map<String, Object> read(Path file, Configuration hadoop) throws IOException {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      Object yaml =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromInputStream(in);
      Map<String, Object> top = mapping(file.toString(), yaml);
      requireKnown(file.toString(), top, KEYS);
      return top;
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(
          "%s: %s".formatted(file, e.getMessage().replaceAll("\\s+", " ")), e);
    }
  }

  private static Map<String, Object> mapping(String name, Object value) {
    if (value == null) {
      return new LinkedHashMap<>();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("%s must be a mapping, got %s".formatted(name, value));
    }
    Map<String, Object> mapping = new LinkedHashMap<>();
    map.forEach((key, each) -> mapping.put(String.valueOf(key), each));
    return mapping;
  }

  private static void requireKnown(String name, Map<String, ?> mapping, Set<String> known) {
    for (String key : mapping.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "%s has a key '%s' that spark-train does not know; it knows %s"
                .formatted(name, key, new TreeSet<>(known)));
      }
    }
  }

  private static Map<String, Object> section(
      Map<String, Object> yaml, String name, Set<String> known) {
    Map<String, Object> section = mapping(name, yaml.get(name));
    if (known != null) {
      requireKnown(name, section, known);
    }
    return section;
  }

  /** "spark.epochs" and "20" in the place of what the file says. */
  private static void set(Map<String, Object> yaml, String key, String value) {
    String[] path = key.split("\\.", 2);
    Object parsed = parsed(key, value);
    if (!KEYS.contains(path[0])) {
      throw new IllegalArgumentException(
          "--set %s: there is no such key; there are %s".formatted(key, new TreeSet<>(KEYS)));
    }
    if (path.length == 1) {
      yaml.put(key, parsed);
      return;
    }
    Map<String, Object> section = mapping(path[0], yaml.get(path[0]));
    section.put(path[1], parsed);
    yaml.put(path[0], section);
  }

  private static Object parsed(String key, String value) {
    try {
      return new Load(LoadSettings.builder().build()).loadFromString(value);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(
          "--set %s=%s is no YAML: %s"
              .formatted(key, value, e.getMessage().replaceAll("\\s+", " ")),
          e);
    }
  }

  /** CSV as words, which the columns are guessed from as on one machine; other formats as typed. */
  private static Dataset<Row> rows(SparkSession spark, Map<String, Object> data) {
    Object table = data.get("table");
    if (table == null) {
      throw new IllegalArgumentException(
          "data.table must be given: a path of CSV, JSON or Parquet");
    }
    String path = table.toString();
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".json") || name.endsWith(".jsonl")) {
      return spark.read().json(path);
    }
    if (!(name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".tsv"))) {
      return spark.read().parquet(path);
    }
    requireOnly(data, "header", true);
    requireOnly(data, "decimal", ".");
    requireOnly(data, "encoding", "UTF-8");
    Dataset<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("sep", separator(data.getOrDefault("separator", isTabs(name) ? "tab" : ",")))
            .option("multiLine", true)
            .option("escape", "\"")
            .csv(path);
    Object[] missing =
        data.get("missing") instanceof List<?> given
            ? given.stream().map(String::valueOf).toArray()
            : new Object[0];
    for (String column : missing.length == 0 ? new String[0] : rows.columns()) {
      Column cell = functions.col("`" + column.replace("`", "``") + "`");
      rows = rows.withColumn(column, functions.when(functions.not(cell.isin(missing)), cell));
    }
    return rows;
  }

  private static boolean isTabs(String name) {
    return name.endsWith(".tsv");
  }

  /** The words that a configuration has for it, as a character. */
  private static String separator(Object given) {
    String text = given.toString();
    String mark = text.equalsIgnoreCase("tab") || text.equals("\\t") ? "\t" : text;
    if (mark.length() != 1) {
      throw new IllegalArgumentException(
          "data.separator must be one character, or tab, got " + given);
    }
    return mark;
  }

  /** Of what one machine finds out, and a cluster takes for granted. */
  private static void requireOnly(Map<String, Object> data, String key, Object only) {
    Object given = data.getOrDefault(key, only);
    if (!only.toString().equalsIgnoreCase(String.valueOf(given))) {
      throw new IllegalArgumentException(
          "data.%s must be %s here, got %s".formatted(key, only, given));
    }
  }

  private static StackedDenoisingAutoEncoderEstimator estimator(
      Map<String, Object> yaml, Map<String, Object> data, Dataset<Row> rows) {
    StackedDenoisingAutoEncoderEstimator estimator = new StackedDenoisingAutoEncoderEstimator();
    if (yaml.get("seed") != null) {
      set(estimator, "seed", yaml.get("seed"));
    }
    Map<String, Object> types = mapping("data.columns", data.get("columns"));
    Map<String, Object> spark = section(yaml, "spark", null);
    List<String> inputs = new ArrayList<>(Arrays.asList(rows.columns()));
    types.forEach(
        (column, type) -> {
          if (!inputs.contains(column)) {
            throw new IllegalArgumentException(
                "data.columns: there is no column '%s'; there are %s".formatted(column, inputs));
          }
          ColumnType.of(String.valueOf(type));
        });
    inputs.removeIf(
        column ->
            types.containsKey(column)
                && ColumnType.of(String.valueOf(types.get(column))) == ColumnType.SKIPPED);
    for (Object other : new Object[] {data.get("label"), spark.get("validationCol")}) {
      if (other != null && !inputs.remove(other.toString())) {
        throw new IllegalArgumentException(
            "column '%s' is missing; there are %s".formatted(other, List.of(rows.columns())));
      }
    }
    estimator.setInputCols(inputs.toArray(String[]::new));
    if (data.get("label") != null) {
      estimator.setLabelCol(data.get("label").toString());
    }
    estimator.setColumnTypes(
        types.entrySet().stream()
            .filter(type -> inputs.contains(type.getKey()))
            .map(type -> type.getKey() + "=" + type.getValue())
            .toArray(String[]::new));
    model(estimator, section(yaml, "model", MODEL));
    spark.forEach((name, value) -> set(estimator, name, value));
    return estimator;
  }

  private static void model(
      StackedDenoisingAutoEncoderEstimator estimator, Map<String, Object> model) {
    Object units = model.getOrDefault("units", "auto");
    if (!"auto".equals(units)) {
      set(estimator, "layers", units);
    }
    Object corruption = model.getOrDefault("corruption", "auto");
    if (corruption instanceof Number level) {
      estimator.setCorruption(new SwapCorruption(level.doubleValue()));
    } else if (!"auto".equals(corruption)) {
      throw new IllegalArgumentException(
          "model.corruption must be auto or a number, got " + corruption);
    }
    if (model.get("contamination") != null) {
      set(estimator, "contamination", model.get("contamination"));
    }
    if (!"auto".equals(model.getOrDefault("updates", "auto"))) {
      throw new IllegalArgumentException(
          "model.updates must be auto here: on a cluster spark.epochs says how long it trains");
    }
    if (Boolean.FALSE.equals(model.get("detector"))) {
      throw new IllegalArgumentException("model.detector must be true here: it costs one pass");
    }
  }

  /** Sets a parameter of the estimator by its name. */
  private static void set(
      StackedDenoisingAutoEncoderEstimator estimator, String name, Object value) {
    if (!estimator.hasParam(name)) {
      throw new IllegalArgumentException(
          "spark.%s: there is no such parameter; there are %s"
              .formatted(name, Arrays.stream(estimator.params()).map(Param::name).toList()));
    }
    Param<Object> param = estimator.getParam(name);
    Object usual = estimator.isDefined(param) ? estimator.getOrDefault(param) : new String[0];
    try {
      estimator.set(param, converted(usual, value));
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "spark.%s must be %s, got %s"
              .formatted(name, usual.getClass().getSimpleName().toLowerCase(Locale.ROOT), value),
          e);
    }
  }

  /** In the type of a parameter's default. */
  private static Object converted(Object usual, Object value) {
    List<?> list = value instanceof List<?> values ? values : List.of(value);
    if (usual instanceof int[]) {
      return list.stream().mapToInt(each -> ((Integer) each)).toArray();
    }
    if (usual instanceof double[]) {
      return list.stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
    }
    if (usual instanceof String[]) {
      return list.stream().map(String::valueOf).toArray(String[]::new);
    }
    if (usual instanceof Double) {
      return ((Number) value).doubleValue();
    }
    if (usual instanceof Long) {
      return ((Number) value).longValue();
    }
    return usual instanceof String ? String.valueOf(value) : usual.getClass().cast(value);
  }

  /** What the command line says. */
  private static final class Arguments {

    private String configuration;
    private String output;
    private boolean overwrite;
    private final Map<String, String> settings = new LinkedHashMap<>();

    Arguments(String[] arguments) {
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "-o" -> output = value(arguments, ++i);
          case "--overwrite" -> overwrite = true;
          case "--set" -> {
            String[] setting = value(arguments, ++i).split("=", 2);
            if (setting.length != 2) {
              throw new IllegalArgumentException("--set must be KEY=VALUE, got " + setting[0]);
            }
            settings.put(setting[0], setting[1]);
          }
          default -> {
            if (configuration != null || arguments[i].startsWith("-")) {
              throw new IllegalArgumentException(
                  "unknown argument '%s'; %s".formatted(arguments[i], USAGE));
            }
            configuration = arguments[i];
          }
        }
      }
      if (configuration == null || output == null) {
        throw new IllegalArgumentException(USAGE);
      }
    }

    private static String value(String[] arguments, int index) {
      if (index >= arguments.length) {
        throw new IllegalArgumentException(
            "%s needs a value; %s".formatted(arguments[index - 1], USAGE));
      }
      return arguments[index];
    }
  }

  /** A line for each epoch. */
  private static final class Lines extends BaseTrainingListener implements ValidationListener {

    private final PrintStream out;
    private final long start = System.nanoTime();
    private String stage = "";
    private int epochs;
    private double loss;
    private String error = "";

    Lines(PrintStream out) {
      this.out = out;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      stage =
          model instanceof MultiLayerNetwork
              ? "fine-tuning"
              : "layer " + (((Layer) model).getIndex() + 1);
      epochs = epoch + 1;
      loss = model.score();
    }

    @Override
    public void onValidation(MultiLayerNetwork network, double score) {
      error = String.format(Locale.ROOT, ", validation error %.4f", score);
    }

    @Override
    public void onEpochEnd(Model model) {
      out.printf(
          Locale.ROOT,
          "%s, epoch %d: loss %.4f%s, %.0f s%n",
          stage,
          epochs,
          loss,
          error,
          (System.nanoTime() - start) / 1e9);
      error = "";
    }
  }
}
