package io.github.dae4j.cli.table;

import io.github.dae4j.stacked.table.BinaryColumn;
import io.github.dae4j.stacked.table.CategoricalColumn;
import io.github.dae4j.stacked.table.Column;
import io.github.dae4j.stacked.table.DateColumn;
import io.github.dae4j.stacked.table.HashedColumn;
import io.github.dae4j.stacked.table.NumericColumn;
import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import io.github.dae4j.stacked.table.TableRowModel;
import io.github.dae4j.stacked.table.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a model of a table does on rows, of which each is seen once and not kept. */
public final class TableEvaluation {

  /**
   * Rows whose cells are told from the others, one by one, at most; and so few that it takes
   * seconds: each cell takes a pass through the whole network.
   */
  private static final int EXPECTED_ROWS = 1000;

  private static final int LEAST_EXPECTED_ROWS = 50; // if there is time
  private static final int FEWEST_EXPECTED_ROWS = 10; // of fewer the errors would say little
  private static final int EXPECTED_CELLS = 100_000;
  private static final double EXPECTED_PRODUCTS = 5e10;
  private static final int HOURS_OF_DAY = 24;

  /**
   * What came out.
   *
   * @param anomalies flagged rows; null of a model without a detector
   * @param anomalyShare of all rows
   * @param label how well it was told; null without one
   */
  public record Result(
      long rows,
      Long anomalies,
      Double anomalyShare,
      LabelResult label,
      List<ColumnError> columns) {}

  /**
   * How well a label was told.
   *
   * @param rows that have one
   * @param accuracy share of classes that are right; null of numbers
   * @param f1 the mean over all classes that occur or were told
   * @param rmse in the label's unit; null of classes
   * @param rmseOfMean of telling the mean of these rows instead
   * @param confusion by class, then by what it was taken for
   */
  public record LabelResult(
      String column,
      long rows,
      Double accuracy,
      Double f1,
      Double rmse,
      Double rmseOfMean,
      Map<String, Map<String, Long>> confusion) {}

  /**
   * How well the cells of a column come out.
   *
   * @param unit of both errors: "rmse", in the column's unit (days of dates, hours of times of day,
   *     from 23:00 to 1:00 two), or "wrong", a share of words
   * @param reconstruction with all cells known; null if these rows have no such cell
   * @param expected with the cell hidden, of the first rows; null if the model has no detector, or
   *     so many columns that it would take minutes
   * @param spread the standard deviation of these cells; null of words and times of day
   */
  public record ColumnError(
      String column,
      String unit,
      long cells,
      Double reconstruction,
      Double expected,
      Double spread) {}

  private final TableModel model;
  private final TableRowModel rowModel;
  private final Table table;
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Set<String> missing;
  private final int expectedRows;
  private final Map<String, ErrorSum> sums = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> confusion = new LinkedHashMap<>();
  private long rows;
  private long anomalies;
  private long labelled;
  private double squares;
  private final Deviation labelDeviation = new Deviation();

  /**
   * Begins to measure.
   *
   * @throws io.github.dae4j.stacked.table.TableException naming columns that are not there
   */
  public TableEvaluation(TableModel model, Table table) {
    this.model = model;
    rowModel = model.on(table);
    expectedRows = expectedRows(model);
    this.table = table;
    table.columns().forEach(column -> places.put(column, places.size()));
    missing = new HashSet<>(table.missing());
    for (Column column : model.table().schema().columns()) {
      if (!(column instanceof HashedColumn)) {
        sums.put(column.name(), new ErrorSum(column));
      }
    }
  }

  /** Measures a row; its score, if the model has a detector. */
  public Optional<RowScore> add(Table.Row row) {
    rows++;
    Table.Row made = rowModel.reconstruct(row);
    sums.forEach(
        (name, errors) -> {
          String cell = cell(row, places.get(name));
          if (cell != null) {
            errors.reconstruction.add(cell, made.cell(places.get(name)));
          }
        });
    model.label().ifPresent(label -> addLabel(row, label));
    if (!model.hasDetector()) {
      return Optional.empty();
    }
    RowScore score = rowModel.score(row);
    anomalies += score.isAnomaly() ? 1 : 0;
    if (rows <= expectedRows) {
      for (RowScore.Reason reason : score.columns()) {
        if (sums.containsKey(reason.column()) && reason.value() != null) {
          sums.get(reason.column()).expected.add(reason.value(), reason.expected());
        }
      }
    }
    return Optional.of(score);
  }

  private static int expectedRows(TableModel model) {
    TableSchema schema = model.table().schema();
    double cells = schema.columns().size();
    double products = cells * 2 * schema.width() * model.codeLength();
    double byCells = Math.max(LEAST_EXPECTED_ROWS, EXPECTED_CELLS / cells);
    double rows = Math.min(EXPECTED_ROWS, Math.min(byCells, EXPECTED_PRODUCTS / products));
    return rows < FEWEST_EXPECTED_ROWS ? 0 : (int) rows;
  }

  private String cell(Table.Row row, int place) {
    String cell = row.cell(place);
    return cell == null || missing.contains(cell.strip()) ? null : cell.strip();
  }

  private void addLabel(Table.Row row, String label) {
    Integer place = places.get(label);
    String truth = place == null ? null : cell(row, place);
    if (truth == null) {
      return;
    }
    TableModel.Prediction prediction = rowModel.predict(row);
    if (!prediction.probabilities().isEmpty()) {
      labelled++;
      confusion
          .computeIfAbsent(rowModel.word(label, truth), unused -> new LinkedHashMap<>())
          .merge(prediction.label(), 1L, Long::sum);
      return;
    }
    double number = table.number(truth);
    double error = number - table.number(prediction.label());
    if (Double.isFinite(error * error)) {
      labelled++;
      squares += error * error;
      labelDeviation.add(number);
    }
  }

  /** What came out of all rows so far. */
  public Result result() {
    List<ColumnError> columns = new ArrayList<>();
    sums.forEach((name, errors) -> columns.add(errors.result()));
    return new Result(
        rows,
        model.hasDetector() ? anomalies : null,
        model.hasDetector() && rows > 0 ? (double) anomalies / rows : null,
        label(),
        columns);
  }

  private LabelResult label() {
    if (labelled == 0) {
      return null;
    }
    String column = model.label().orElseThrow();
    if (confusion.isEmpty()) {
      return new LabelResult(
          column,
          labelled,
          null,
          null,
          Math.sqrt(squares / labelled),
          labelDeviation.value(),
          null);
    }
    long right =
        confusion.entrySet().stream()
            .mapToLong(row -> row.getValue().getOrDefault(row.getKey(), 0L))
            .sum();
    return new LabelResult(
        column, labelled, (double) right / labelled, f1(), null, null, Map.copyOf(confusion));
  }

  /** The mean of 2 tp / (2 tp + fp + fn) over classes, 0 where none is right. */
  private double f1() {
    Set<String> classes = new TreeSet<>(confusion.keySet());
    confusion.values().forEach(taken -> classes.addAll(taken.keySet()));
    double total = 0;
    for (String name : classes) {
      Map<String, Long> taken = confusion.getOrDefault(name, Map.of());
      long right = taken.getOrDefault(name, 0L);
      long actual = taken.values().stream().mapToLong(Long::longValue).sum();
      long told = confusion.values().stream().mapToLong(row -> row.getOrDefault(name, 0L)).sum();
      total += 2.0 * right / (actual + told);
    }
    return total / classes.size();
  }

  /** The standard deviation of numbers, by differences to their mean so far: no digits are lost. */
  private static final class Deviation {

    private long count;
    private double mean;
    private double squares;

    void add(double number) {
      count++;
      double difference = number - mean;
      mean += difference / count;
      squares += difference * (number - mean);
    }

    /** Null of no number. */
    Double value() {
      return count == 0 ? null : Math.sqrt(squares / count);
    }
  }

  /** The errors of a column's cells. */
  private final class ErrorSum {

    private final Column column;
    private final Mean reconstruction = new Mean();
    private final Mean expected = new Mean();

    ErrorSum(Column column) {
      this.column = column;
    }

    private boolean isWords() {
      return column instanceof CategoricalColumn || column instanceof BinaryColumn;
    }

    /** Whether it has no number, but only sine and cosine of the day. */
    private boolean isTimeOfDay() {
      return column instanceof DateColumn date && date.width() == 2 * date.cycles().size();
    }

    ColumnError result() {
      return new ColumnError(
          column.name(),
          isWords() ? "wrong" : "rmse",
          reconstruction.count,
          reconstruction.value(),
          expected.value(),
          isWords() || isTimeOfDay() ? null : reconstruction.deviation.value());
    }

    /** Of errors of one kind. */
    private final class Mean {

      private long count;
      private double sum;
      private final Deviation deviation = new Deviation();

      void add(String cell, String made) {
        if (isWords()) {
          count++;
          sum += rowModel.word(column.name(), cell).equals(made) ? 0 : 1;
          return;
        }
        double number = number(cell);
        double error = number - (made == null ? Double.NaN : number(made));
        if (isTimeOfDay()) {
          error = Math.IEEEremainder(error, HOURS_OF_DAY);
        }
        if (Double.isFinite(error * error)) {
          count++;
          sum += error * error;
          deviation.add(number);
        }
      }

      /** NaN of an outlier of another kind: what 'score' is for. */
      private double number(String text) {
        if (column instanceof NumericColumn) {
          return table.number(text);
        }
        try {
          double[] values = column.values(text);
          return isTimeOfDay()
              ? Math.atan2(values[0], values[1]) * HOURS_OF_DAY / (2 * Math.PI)
              : values[0];
        } catch (IllegalArgumentException e) {
          return Double.NaN;
        }
      }

      /** Null of no cell. */
      Double value() {
        return count == 0 ? null : isWords() ? sum / count : Math.sqrt(sum / count);
      }
    }
  }
}
