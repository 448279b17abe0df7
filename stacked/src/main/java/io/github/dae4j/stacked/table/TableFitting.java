package io.github.dae4j.stacked.table;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.stacked.internal.SealedFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Makes a {@link TableModel} of a table: three passes over its rows, then training. */
final class TableFitting {

  private final Table table;
  private final TableSettings settings;
  private final Path checkpoints;
  private final TableModel.Progress progress;

  /**
   * Prepares it.
   *
   * @param checkpoints the folder in which trained networks are kept, null for none
   * @param progress is told of the training, null for nobody
   */
  TableFitting(
      Table table, TableSettings settings, Path checkpoints, TableModel.Progress progress) {
    this.table = table;
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.progress = progress;
  }

  /** What a table says before there is a network. */
  private record Prepared(
      TableProfile profile, ModelColumns columns, List<EncodedRow> rows, String[] labels) {}

  private Prepared prepared() {
    TableProfile profile = TableProfile.of(table, settings.choices());
    TableSchema schema = profile.schema();
    int n = rows(profile.rows(), schema.width());
    ScaleFitting.Fitted fitted = new ScaleFitting(table, schema, settings.seed()).fit();
    FittedTable units = new FittedTable(schema, fitted.scales());
    String[] labels = new String[n];
    List<EncodedRow> rows = encode(columns(profile, units, Map.of()), profile.rows(), n, labels);
    return new Prepared(profile, columns(profile, units, fitted.ranges()), rows, labels);
  }

  TableColumns columns() {
    Prepared prepared = prepared();
    requireRows(prepared.rows().size(), 2);
    return new TableColumns(prepared.columns(), label(prepared.labels()));
  }

  TableModel fit() {
    Prepared prepared = prepared();
    ModelColumns columns = prepared.columns();
    String[] labels = prepared.labels();
    TableSchema schema = columns.table().schema();
    float[][] x = prepared.rows().stream().map(EncodedRow::features).toArray(float[][]::new);
    settings.requireColumns(schema);
    Corruption corruption = settings.corruption(schema);
    NetTraining.Plan plan =
        new NetTraining.Plan(
            settings.unitsFor(x.length), TableDefaults.BATCH, settings.updates(), corruption, 0);
    requireRows(x.length, settings.hasDetector() ? RowDetector.LEAST_ROWS : 2);
    requireMemory(schema, plan.hidden());
    LabelUnits label = label(labels);
    TableTraining run = run(plan, schema, labels, label);
    run.examine(facts(prepared.profile(), columns, x, labels, label));
    RowDetector detector =
        settings.hasDetector()
            ? RowDetector.fit(
                prepared.rows(), schema, corruption, settings.updates(), settings.seed(), run)
            : null;
    TableNetFitting.Fitted trained =
        new TableNetFitting(x, schema, plan, settings.seed(), run).fit();
    LabelHead head = label == null ? null : head(trained, x, labels, label, run);
    return new TableModel(
        columns,
        new FittedNetworks(trained.stack(), trained.net(), detector, head),
        settings.contamination());
  }

  private TableTraining run(
      NetTraining.Plan plan, TableSchema schema, String[] labels, LabelUnits label) {
    List<Double> works = new ArrayList<>();
    if (settings.hasDetector()) {
      double each = RowDetector.work(labels.length, settings.updates());
      works.addAll(Collections.nCopies(RowDetector.PARTS, each));
    }
    works.addAll(TableNetFitting.work(plan, labels.length, schema.width()));
    if (label != null) {
      int labelled = (int) Arrays.stream(labels).filter(Objects::nonNull).count();
      int unlabelled = label.isNumber() ? 0 : labels.length - labelled;
      works.addAll(LabelHead.work(labelled, unlabelled, plan.hidden(), settings.updates()));
    }
    return new TableTraining(table.name(), checkpoints, progress, works);
  }

  /** Weights and Adam's means of a matrix of each direction must fit into memory. */
  private void requireMemory(TableSchema schema, int units) {
    int most = Math.max(units, settings.hasDetector() ? TableDefaults.DETECTOR_UNITS : 0);
    long weights = 2L * schema.width() * most;
    if (weights > TableDefaults.MOST_WEIGHTS) {
      throw new TableException(
          ("%s: its columns have %d features; with %d units that makes %d weights, which train in"
                  + " %.1f GB, and more than %d are refused: leave columns out, hash texts to fewer"
                  + " features, or take fewer units%s")
              .formatted(
                  table.name(),
                  schema.width(),
                  most,
                  weights,
                  16e-9 * weights,
                  TableDefaults.MOST_WEIGHTS,
                  most > units ? " and no detector" : ""));
    }
  }

  /** What the networks depend on: the inputs' order, the cells of each column, the settings. */
  private Map<String, Object> facts(
      TableProfile profile, ModelColumns columns, float[][] x, String[] labels, LabelUnits label) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("settings", settings.toString());
    facts.put("rows", String.valueOf(profile.rows()));
    facts.put(TableTraining.INPUTS, columns.inputs().stream().map(Column::name).toList());
    FeatureLayout layout = columns.layout();
    for (TableProfile.ColumnGuess guess : profile.columns()) {
      MessageDigest digest = SealedFile.sha256();
      digest.update(guess.toString().getBytes(StandardCharsets.UTF_8));
      Integer column = columns.indices().get(guess.name());
      if (column != null) {
        int from = layout.from()[column];
        int to = layout.from()[column + 1];
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * Float.BYTES);
        for (float[] row : x) {
          bytes.clear();
          for (int i = from; i < to; i++) {
            bytes.putFloat(row[i]);
          }
          digest.update(bytes.array());
        }
      } else if (guess.name().equals(settings.label())) {
        digest.update((Arrays.toString(labels) + label).getBytes(StandardCharsets.UTF_8));
      }
      facts.put("column '%s'".formatted(guess.name()), HexFormat.of().formatHex(digest.digest()));
    }
    return facts;
  }

  private void requireRows(int n, int least) {
    if (n < least) {
      throw new TableException(
          "%s: a model needs at least %d rows, got %d".formatted(table.name(), least, n));
    }
  }

  private static int rows(long rows, int width) {
    return (int)
        Math.min(rows, Math.min(TableDefaults.MOST_ROWS, TableDefaults.MOST_CELLS / width));
  }

  /** The rows that are learnt from: all, or so many that are drawn. */
  private List<EncodedRow> encode(ModelColumns columns, long all, int n, String[] labels) {
    RowDraw draw = new RowDraw(all, n, settings.seed());
    TableMatch match = new TableMatch(columns, table);
    RowEncoder encoder = columns.encoder();
    int label = settings.label() == null ? -1 : table.columns().indexOf(settings.label());
    List<EncodedRow> rows = new ArrayList<>(n);
    try (Table.Rows source = table.rows()) {
      while (source.hasNext()) {
        Table.Row row = source.next();
        if (draw.next()) {
          if (label >= 0) {
            labels[rows.size()] = match.cell(row, label);
          }
          rows.add(columns.encode(encoder, match.cells(row), table.decimal(), 0));
        }
      }
    }
    return rows;
  }

  /** Without ranges every number that is far from the mean is beyond all. */
  private ModelColumns columns(
      TableProfile profile, FittedTable fitted, Map<String, ScaleFitting.Range> ranges) {
    int columns = fitted.schema().columns().size();
    double[] least = new double[columns];
    double[] most = new double[columns];
    double[] lowest = new double[columns];
    double[] highest = new double[columns];
    double[] unseen = new double[columns];
    Map<String, TableProfile.ColumnGuess> guesses = new HashMap<>();
    profile.columns().forEach(guess -> guesses.put(guess.name(), guess));
    for (int column = 0; column < columns; column++) {
      String name = fitted.schema().columns().get(column).name();
      ScaleFitting.Range range = ranges.get(name);
      Scale scale = fitted.scales().get(name);
      lowest[column] = range == null ? Double.NaN : range.least();
      highest[column] = range == null ? Double.NaN : range.most();
      least[column] = range == null ? Double.NaN : (float) scale.standardised(range.least());
      most[column] = range == null ? Double.NaN : (float) scale.standardised(range.most());
      unseen[column] = unseenRate(guesses.get(name));
    }
    Map<String, String> constants = new LinkedHashMap<>();
    for (TableProfile.ColumnGuess guess : profile.columns()) {
      if (guess.type() == TableProfile.ColumnType.CONSTANT) {
        constants.put(guess.name(), guess.constant());
      }
    }
    return new ModelColumns(
        profile.columns(), fitted, least, most, lowest, highest, unseen, constants);
  }

  /** The share of words that occur once: how likely the next is new (Good 1953). */
  private static double unseenRate(TableProfile.ColumnGuess guess) {
    return (guess.once() + 0.5) / (guess.known() + 1);
  }

  private LabelHead head(
      TableNetFitting.Fitted trained,
      float[][] x,
      String[] labels,
      LabelUnits label,
      TableTraining run) {
    ToDoubleFunction<String> target = label.target(table.decimal());
    double[] targets =
        Arrays.stream(labels)
            .mapToDouble(cell -> cell == null ? Double.NaN : target.applyAsDouble(cell.strip()))
            .toArray();
    float[][] filled = new float[x.length][];
    IntStream.range(0, x.length)
        .parallel()
        .forEach(row -> filled[row] = trained.net().filled(x[row]));
    return new LabelHead(
        label,
        LabelHead.train(
            filled,
            targets,
            label.outputs(),
            trained.stack(),
            settings.updates(),
            settings.seed(),
            run));
  }

  /**
   * What the label's cells say, null without one: checked before anything is trained or kept.
   *
   * @param labels null where a cell is missing
   */
  private LabelUnits label(String[] labels) {
    if (settings.label() == null) {
      return null;
    }
    boolean mustBeNumber = settings.labelType() == TableProfile.ColumnType.NUMBER;
    List<String> known =
        Arrays.stream(labels)
            .filter(Objects::nonNull)
            .map(String::strip)
            .filter(cell -> !mustBeNumber || !Double.isNaN(number(cell)))
            .toList();
    List<String> classes = sorted(known.stream().distinct().toList());
    if (classes.size() < 2) {
      throw new TableException(
          "%s: label '%s' needs at least two different values, got %s"
              .formatted(table.name(), settings.label(), classes));
    }
    boolean isNumber = settings.labelType() == null ? isNumber(classes) : mustBeNumber;
    return isNumber ? ofNumbers(known) : new LabelUnits(settings.label(), classes, 0, 1, 0);
  }

  /** Numbers by size, and words by the alphabet. */
  private List<String> sorted(List<String> classes) {
    return classes.stream()
        .sorted(
            areNumbers(classes)
                ? Comparator.comparingDouble(this::number).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder())
        .toList();
  }

  private boolean isNumber(List<String> classes) {
    return classes.size() > TableDefaults.MOST_NUMBERED_CLASSES && areNumbers(classes);
  }

  private boolean areNumbers(List<String> cells) {
    return cells.stream().noneMatch(cell -> Double.isNaN(number(cell)));
  }

  private double number(String cell) {
    return NumberText.parse(cell, table.decimal());
  }

  private LabelUnits ofNumbers(List<String> cells) {
    double[] numbers = cells.stream().mapToDouble(this::number).toArray();
    Scale scale = ScaleFitting.checked(table, settings.label(), () -> ScaleFitting.robust(numbers));
    int decimals =
        cells.stream().mapToInt(cell -> NumberText.decimals(cell, table.decimal())).max().orElse(0);
    double largest = Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    return new LabelUnits(
        settings.label(),
        List.of(),
        scale.mean(),
        scale.standardDeviation(),
        NumberText.worthwhile(decimals, largest));
  }
}
