package io.github.dae4j.stacked.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Settings of a {@link TableModel}; all have defaults that suit most tables. */
public final class TableModelBuilder {

  private final Map<String, String> choices = new LinkedHashMap<>();
  private double corruption = TableDefaults.SWAP;
  private int units;
  private int updates = TableDefaults.UPDATES;
  private double contamination = TableDefaults.CONTAMINATION;
  private boolean detector = true;
  private String label;
  private long seed = TableDefaults.SEED;

  TableModelBuilder() {}

  /**
   * The probability that a cell gets another row's value in training, in [0, 1); 0.2 by default.
   */
  public TableModelBuilder corruption(double level) {
    if (!(level >= 0 && level < 1)) {
      throw new IllegalArgumentException("TableModel corruption must be in [0, 1), got " + level);
    }
    corruption = level;
    return this;
  }

  /** The number of units of a code; by default 256, and 512 from 2,000 rows on. */
  public TableModelBuilder units(int units) {
    if (units < 1) {
      throw new IllegalArgumentException("TableModel units must be at least 1, got " + units);
    }
    this.units = units;
    return this;
  }

  /**
   * The number of minibatches that the network learns from, 3,000 by default; the nets that score,
   * and those that tell a label, have no more.
   */
  public TableModelBuilder updates(int updates) {
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
  public TableModelBuilder contamination(double share) {
    if (!(share > 0 && share <= 0.5)) {
      throw new IllegalArgumentException(
          "TableModel contamination must be in (0, 0.5], got " + share);
    }
    contamination = share;
    return this;
  }

  /** Leaves out what {@link TableModel#score} needs: training takes a fraction of the time. */
  public TableModelBuilder withoutDetector() {
    detector = false;
    return this;
  }

  /** The column that {@link TableModel#predict} tells; it is no input. Cells may be missing. */
  public TableModelBuilder label(String column) {
    label = Objects.requireNonNull(column, "label");
    choices.put(column, ColumnType.LABEL.word());
    return this;
  }

  /**
   * What a column is, where the guess is wrong.
   *
   * @param type a word of {@link ColumnType}: "number", "category", "skip"; "text 32" hashes text
   *     to 32 features
   */
  public TableModelBuilder column(String column, String type) {
    choices.put(Objects.requireNonNull(column, "column"), Objects.requireNonNull(type, "type"));
    return this;
  }

  /** The seed of all that is drawn: the same seed and rows give the same model. */
  public TableModelBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Learns the rows of a table, which is read a few times.
   *
   * @throws TableException naming what is wrong with the table, and where
   */
  public TableModel fit(Table table) {
    return new TableFitting(table.isRepeatable() ? table : table.held(), Map.copyOf(choices), this)
        .fit();
  }

  /** Learns rows by column name. */
  public TableModel fit(Iterable<? extends Map<String, ?>> rows) {
    return fit(Table.of(rows));
  }

  /** Learns what is left of the rows of a query. */
  public TableModel fit(ResultSet rows) throws SQLException {
    return fit(Table.of(rows));
  }

  double corruption() {
    return corruption;
  }

  int unitsFor(int rows) {
    return units > 0
        ? units
        : rows < TableDefaults.MANY_ROWS ? TableDefaults.UNITS : TableDefaults.MORE_UNITS;
  }

  int updates() {
    return updates;
  }

  double contamination() {
    return contamination;
  }

  boolean hasDetector() {
    return detector;
  }

  String label() {
    return label;
  }

  long seed() {
    return seed;
  }
}
