package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.RandomState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A denoising autoencoder of a table with all that it takes to serve: columns, units, network,
 * detector, label.
 *
 * <p>It tells how unusual a row is and why, fills missing cells, encodes rows, and tells a label.
 * It never changes: any number of threads may use it, without lock, and get the same bits.
 */
public final class TableModel {

  private final ModelColumns columns;
  private final RowNetworks networks;
  private final RowInference inference;

  TableModel(ModelColumns columns, RowNetworks networks, double contamination) {
    this.columns = columns;
    this.networks = networks;
    inference = RowInference.of(columns, networks, contamination);
  }

  /** Settings of a new model, all with defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads what {@link #save} has written, as safely as {@link StackedDenoisingAutoEncoder#load}.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static TableModel load(Path file) throws IOException {
    return TableModelFile.read(file);
  }

  /**
   * Whether a file is a model of a table rather than of something else, as far as its beginning
   * tells; false if it cannot be read.
   */
  public static boolean isIn(Path file) {
    return TableModelFile.isIn(file);
  }

  /**
   * Writes everything into one file, whole or not at all; {@link StackedDenoisingAutoEncoder#load}
   * reads the network from it.
   *
   * @throws IOException naming the file, which is then as it was before
   */
  public void save(Path file) throws IOException {
    TableModelFile.write(file, this);
  }

  /**
   * Writes the networks as an ONNX file, for programs in any language, whole or not at all: {@code
   * x} [batch, features] -> {@code code}, {@code reconstruction} and, with a label, {@code
   * prediction}.
   *
   * <p>Numbers are in the user's units, words one-hot, missing cells NaN; the metadata {@code
   * features} names the columns of x as {@link TableSchema#featureNames} does. Units are FLOAT, or
   * DOUBLE where a FLOAT would not hold a column's numbers to 1e-5 of their spread. Without missing
   * cells results are those of this model. Missing ones count as usual values there, where this
   * model fills them from the others; the detector stays behind.
   *
   * @throws IOException naming the file, which is then as it was before
   */
  public void exportOnnx(Path file) throws IOException {
    OnnxTable.write(file, this);
  }

  /** What each column of the training table was taken for. */
  public List<TableProfile.ColumnGuess> columns() {
    return columns.guesses();
  }

  /** The columns that are inputs, with their scales. */
  public FittedTable table() {
    return columns.table();
  }

  /** The column that {@link #predict} tells; none if the model has no label. */
  public Optional<String> label() {
    return Optional.ofNullable(networks.label()).map(LabelUnits::column);
  }

  /** A copy of the network, on features that {@link #table} makes. */
  public StackedDenoisingAutoEncoder stack() {
    synchronized (networks) { // what DL4J keeps for training comes into being when it is copied
      return networks.stack().copy();
    }
  }

  /** The number of units of a code. */
  public int codeLength() {
    return networks.codeLength();
  }

  /** Whether it can {@link #score}. */
  public boolean hasDetector() {
    return networks.hasDetector();
  }

  /** The score above which a row is an anomaly. */
  public double threshold() {
    inference.requireDetector();
    return inference.threshold();
  }

  /**
   * The same model with another share of the training rows above the threshold.
   *
   * @param contamination in (0, 0.5]
   */
  public TableModel withContamination(double contamination) {
    builder().contamination(contamination); // checks it
    inference.requireDetector();
    return new TableModel(columns, networks, contamination);
  }

  /** Finds its columns in a table, by name, to use the model row by row. */
  public TableRowModel on(Table table) {
    return new TableRowModel(inference, new TableMatch(columns, table), table.decimal());
  }

  /**
   * How unusual a row is.
   *
   * @param row cells by column name; a column that is not named is missing
   */
  public RowScore score(Map<String, ?> row) {
    return inference.score(columns.cells(row), constants(row), '.');
  }

  /** The scores of all rows of a table, which must fit into memory. */
  public List<RowScore> score(Table table) {
    TableRowModel rows = on(table);
    List<Table.Row> held = new ArrayList<>();
    try (Table.Rows all = table.rows()) {
      all.forEachRemaining(held::add);
    }
    return held.parallelStream().map(rows::score).toList();
  }

  /** The code of a row [codeLength]; each unit has the standard deviation 1 in training. */
  public float[] encode(Map<String, ?> row) {
    return inference.encode(columns.cells(row), '.');
  }

  /** The row with its missing cells filled; all other values are the same objects. */
  public Map<String, Object> impute(Map<String, ?> row) {
    String[] cells = columns.cells(row);
    String[] filled = inference.impute(cells, '.');
    Map<String, Object> result = new LinkedHashMap<>(row);
    for (int column = 0; column < cells.length; column++) {
      if (inference.isMissing(cells[column]) && filled[column] != null) {
        result.put(columns.inputs().get(column).name(), filled[column]);
      }
    }
    return result;
  }

  /** What the network makes of a row, in the user's units and words. */
  public Map<String, String> reconstruct(Map<String, ?> row) {
    String[] cells = inference.reconstruct(columns.cells(row), '.');
    Map<String, String> result = new LinkedHashMap<>();
    for (int column = 0; column < cells.length; column++) {
      result.put(columns.inputs().get(column).name(), cells[column]);
    }
    return result;
  }

  /**
   * What the row's label is likely to be.
   *
   * @throws UnsupportedOperationException if the model has no label
   */
  public Prediction predict(Map<String, ?> row) {
    return inference.predict(columns.cells(row), '.');
  }

  private Map<String, String> constants(Map<String, ?> row) {
    Map<String, String> cells = new LinkedHashMap<>();
    columns.constants().keySet().forEach(name -> cells.put(name, CellText.of(name, row.get(name))));
    return cells;
  }

  RowInference inference() {
    return inference;
  }

  ModelColumns modelColumns() {
    return columns;
  }

  RowNetworks networks() {
    return networks;
  }

  double contamination() {
    return inference.contamination();
  }

  /**
   * What a row's label is likely to be.
   *
   * @param label the likeliest class, or the number, as a cell would say it
   * @param probabilities of all classes, in the order of their names, numbers by size; empty if the
   *     label is a number
   */
  public record Prediction(String label, Map<String, Double> probabilities) {

    /** The probability of the likeliest class; NaN if the label is a number. */
    public double probability() {
      return probabilities.getOrDefault(label, Double.NaN);
    }
  }

  /** Is told of a training, and may end it. */
  public interface Progress {

    /** Comes after each minibatch. */
    void update(TrainingStep step);

    /**
     * Whether the training shall end, with a {@link
     * io.github.dae4j.stacked.run.TrainingStoppedException}.
     */
    default boolean isStopped() {
      return false;
    }
  }

  /**
   * Where a training is.
   *
   * @param network that learns: "detector 2", "filling 1", "codes" or "label 1"
   * @param number of the network, from 1
   * @param networks in all
   * @param minibatch of the network, from 1
   * @param minibatches of the network
   * @param loss of the minibatch
   * @param share of the work of all networks that is done, in (0, 1]
   */
  public record TrainingStep(
      String network,
      int number,
      int networks,
      int minibatch,
      int minibatches,
      double loss,
      double share) {}

  /** Settings of a {@link TableModel}; all have defaults that suit most tables. */
  public static final class Builder {

    private final Map<String, String> choices = new LinkedHashMap<>();
    private double corruption = TableDefaults.SWAP;
    private final Map<String, Double> columnCorruptions = new LinkedHashMap<>();
    private int units;
    private int updates = TableDefaults.UPDATES;
    private double contamination = TableDefaults.CONTAMINATION;
    private boolean detector = true;
    private String label;
    private long seed = TableDefaults.SEED;
    private Path checkpoints;
    private Progress progress;

    Builder() {}

    /**
     * The probability that a cell gets another row's value in training, in [0, 1); 0.2 by default.
     */
    public Builder corruption(double level) {
      if (!(level >= 0 && level < 1)) {
        throw new IllegalArgumentException("TableModel corruption must be in [0, 1), got " + level);
      }
      corruption = level;
      return this;
    }

    /** The same of one column, instead. */
    public Builder corruption(String column, double level) {
      if (!(level >= 0 && level < 1)) {
        throw new IllegalArgumentException(
            "TableModel corruption of '%s' must be in [0, 1), got %s".formatted(column, level));
      }
      columnCorruptions.put(Objects.requireNonNull(column, "column"), level);
      return this;
    }

    /** The number of units of a code; by default 256, and 512 from 2,000 rows on. */
    public Builder units(int units) {
      if (units < 1) {
        throw new IllegalArgumentException("TableModel units must be at least 1, got " + units);
      }
      this.units = units;
      return this;
    }

    /**
     * The number of minibatches that the network learns from, 3,000 by default; the nets that
     * score, and those that tell a label, have no more.
     */
    public Builder updates(int updates) {
      if (updates < 1) {
        throw new IllegalArgumentException("TableModel updates must be at least 1, got " + updates);
      }
      this.updates = updates;
      return this;
    }

    /**
     * The share of the training rows that counts as anomalies, in (0, 0.5]; 0.01 by default: about
     * that share of new rows like them is flagged.
     */
    public Builder contamination(double share) {
      if (!(share > 0 && share <= 0.5)) {
        throw new IllegalArgumentException(
            "TableModel contamination must be in (0, 0.5], got " + share);
      }
      contamination = share;
      return this;
    }

    /** Leaves out what {@link TableModel#score} needs: training takes a fraction of the time. */
    public Builder withoutDetector() {
      detector = false;
      return this;
    }

    /**
     * The column that {@link TableModel#predict} tells; it is no input. Cells may be missing: rows
     * without a label are learnt from as well. More than 20 different numbers are told as a number,
     * all else as classes, unless {@link #column} says which.
     */
    public Builder label(String column) {
      label = Objects.requireNonNull(column, "label");
      return this;
    }

    /**
     * What a column is, where the guess is wrong.
     *
     * @param type a word of {@link TableProfile.ColumnType}: "number", "category", "skip"; "text
     *     32" hashes text to 32 features; of the {@link #label} "number" or "category"
     * @throws IllegalArgumentException when it is fitted, if the label is to be anything else
     */
    public Builder column(String column, String type) {
      Objects.requireNonNull(column, "column");
      if (Objects.requireNonNull(type, "type").equals(TableProfile.ColumnType.LABEL.word())) {
        return label(column);
      }
      choices.put(column, type);
      return this;
    }

    /**
     * Keeps each network in this folder when it is trained: the same training takes it from there
     * the next time, and comes to the same bits as if it had not been interrupted. Training throws
     * {@link io.github.dae4j.stacked.run.CheckpointException} naming what is not as it was then.
     */
    public Builder checkpoints(Path folder) {
      checkpoints = Objects.requireNonNull(folder, "checkpoints");
      return this;
    }

    /** Who is told of the training, and may end it. */
    public Builder progress(Progress progress) {
      this.progress = Objects.requireNonNull(progress, "progress");
      return this;
    }

    /** The seed of all that is drawn: the same seed and rows give the same model. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Learns the rows of a table, which is read a few times.
     *
     * @throws TableException naming what is wrong with the table, and where
     */
    public TableModel fit(Table table) {
      Random random = Nd4j.getRandom();
      RandomState before = RandomState.of(random); // DL4J seeds it where networks are built
      try {
        return fitting(table).fit();
      } finally {
        before.restore(random);
      }
    }

    /**
     * Finds out columns and units of a table, with the label's classes, and trains nothing: for a
     * stack that is trained elsewhere.
     *
     * @throws TableException naming what is wrong with the table, and where
     */
    public TableColumns columns(Table table) {
      return fitting(table).columns();
    }

    /** Learns rows by column name. */
    public TableModel fit(Iterable<? extends Map<String, ?>> rows) {
      return fit(Table.of(rows));
    }

    /** Learns what is left of the rows of a query. */
    public TableModel fit(ResultSet rows) throws SQLException {
      return fit(Table.of(rows));
    }

    /** A number or a category, if the user says which. */
    private TableProfile.ColumnType labelType() {
      String choice = label == null ? null : choices.get(label);
      return choice == null
          ? null
          : switch (TableProfile.ColumnType.of(choice)) {
            case NUMBER, WHOLE_NUMBER -> TableProfile.ColumnType.NUMBER;
            case CATEGORY, BINARY -> TableProfile.ColumnType.CATEGORY;
            default ->
                throw new IllegalArgumentException(
                    "TableModel column %s must be number or category, as it is the label, got %s"
                        .formatted(label, choice));
          };
    }

    private TableFitting fitting(Table table) {
      Map<String, String> choices = new LinkedHashMap<>(this.choices);
      TableProfile.ColumnType labelType = labelType();
      if (label != null) {
        String word = TableProfile.ColumnType.LABEL.word();
        choices.put(label, labelType == null ? word : word + " " + labelType.word());
      }
      TableSettings settings =
          new TableSettings(
              choices,
              corruption,
              columnCorruptions,
              units,
              updates,
              contamination,
              detector,
              label,
              labelType,
              seed);
      return new TableFitting(
          table.isRepeatable() ? table : table.held(), settings, checkpoints, progress);
    }
  }
}
