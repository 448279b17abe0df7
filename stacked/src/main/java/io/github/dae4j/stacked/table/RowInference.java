package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model tells of one row: cells of the inputs in their order, as they are written, become
 * features for the networks, and what these say becomes a score with reasons, or cells again.
 *
 * @param contamination the share of usual rows that is flagged
 * @param threshold the score above which a row is an anomaly; NaN without a detector
 */
record RowInference(
    ModelColumns columns,
    FeatureLayout layout,
    RowEncoder encoder,
    RowNetworks networks,
    double contamination,
    double threshold) {

  static RowInference of(ModelColumns columns, RowNetworks networks, double contamination) {
    return new RowInference(
        columns,
        columns.layout(),
        columns.encoder(),
        networks,
        contamination,
        networks.hasDetector() ? networks.threshold(contamination) : Double.NaN);
  }

  /** What finds the words of each column that has words, by name; the label is one of them. */
  Map<String, WordLookup> words() {
    Map<String, WordLookup> words = new HashMap<>();
    columns.indices().forEach((name, column) -> words.put(name, encoder.words(column)));
    if (networks.label() != null) {
      words.put(networks.label().column(), networks.label().words());
    }
    words.values().removeIf(Objects::isNull);
    return words;
  }

  /** Whether a cell is one of the words that stand for nothing. */
  boolean isMissing(String cell) {
    return cell == null || encoder.isMissing(cell.strip());
  }

  /** For all but scores, which alone depend on how much is to be flagged. */
  private EncodedRow features(String[] cells, char decimal) {
    return columns.encode(encoder, cells, decimal, TableDefaults.CONTAMINATION / 4);
  }

  void requireDetector() {
    if (!networks.hasDetector()) {
      throw new UnsupportedOperationException("the model was trained without a detector");
    }
  }

  RowScore score(String[] cells, Map<String, String> constants, char decimal) {
    requireDetector();
    EncodedRow row = columns.encode(encoder, cells, decimal, contamination / 4);
    double[] parts = networks.contributions(row);
    double sum = 0;
    for (int column = 0; column < parts.length; column++) {
      EncodedRow.Cell cell = row.cells()[column];
      if (cell == EncodedRow.Cell.UNSEEN || cell == EncodedRow.Cell.BEYOND) {
        parts[column] = Math.max(parts[column], enough());
      }
      sum += parts[column];
    }
    List<RowScore.Reason> changed = changed(constants, decimal);
    sum += changed.size() * enough();
    double value = sum;
    return new RowScore(
        value,
        threshold,
        parts,
        () -> reasons(cells, row, parts, changed, decimal),
        reason -> isDeviation(reason, decimal) && !isExpectedDate(reason));
  }

  /** What one cell adds that is an anomaly alone. */
  private double enough() {
    return threshold + 1e-6 * Math.abs(threshold) + 1e-9;
  }

  /** Columns that never changed in training, and do now. */
  private List<RowScore.Reason> changed(Map<String, String> constants, char decimal) {
    List<RowScore.Reason> changed = new ArrayList<>();
    constants.forEach(
        (name, cell) -> {
          String constant = columns.constants().get(name);
          if (!isMissing(cell) && !WordLookup.isSame(cell.strip(), constant, decimal)) {
            changed.add(
                new RowScore.Reason(name, cell, constant, enough(), "always the same in training"));
          }
        });
    return changed;
  }

  /** Whether a cell is another than expected, or one that training has not seen. */
  static boolean isDeviation(RowScore.Reason reason, char decimal) {
    return !reason.note().isEmpty()
        || reason.value() != null
            && (reason.expected() == null
                || !WordLookup.isSame(reason.value().strip(), reason.expected(), decimal));
  }

  /** Whether a date is the expected one, in another spelling. */
  private boolean isExpectedDate(RowScore.Reason reason) {
    Integer column = columns.indices().get(reason.column());
    return column != null
        && columns.inputs().get(column) instanceof DateColumn date
        && reason.note().isEmpty()
        && reason.expected() != null
        && date.date().daysOrIso(reason.value().strip()) == date.date().days(reason.expected());
  }

  /** A reason for each column, the largest first; computed as they are asked for. */
  private Stream<RowScore.Reason> reasons(
      String[] cells, EncodedRow row, double[] parts, List<RowScore.Reason> changed, char decimal) {
    int inputs = parts.length;
    return IntStream.range(0, inputs + changed.size())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                i -> -(i < inputs ? parts[i] : changed.get(i - inputs).contribution())))
        .map(i -> i < inputs ? reason(i, cells, row, parts[i], decimal) : changed.get(i - inputs));
  }

  private RowScore.Reason reason(
      int column, String[] cells, EncodedRow row, double part, char decimal) {
    float[] hidden = row.features().clone();
    for (int other = 0; other < layout.columns(); other++) {
      boolean isUnknown = row.cells()[other] == EncodedRow.Cell.UNSEEN || other == column;
      for (int i = layout.from()[other]; isUnknown && i < layout.from()[other + 1]; i++) {
        hidden[i] = Float.NaN;
      }
    }
    String note =
        switch (row.cells()[column]) {
          case UNSEEN -> "never seen in training";
          case BEYOND -> "beyond all of training, " + columns.range(column, decimal);
          default -> "";
        };
    return new RowScore.Reason(
        columns.inputs().get(column).name(),
        isMissing(cells[column]) ? null : cells[column],
        columns.text(column, expected(hidden), layout, decimal),
        part,
        note);
  }

  float[] encode(String[] cells, char decimal) {
    return networks.encode(features(cells, decimal).withoutUnseen(layout));
  }

  /** All inputs, missing ones filled; known ones are the same strings. */
  String[] impute(String[] cells, char decimal) {
    String[] filled = cells.clone();
    float[] expected = null;
    for (int column = 0; column < cells.length; column++) {
      if (isMissing(cells[column])) {
        if (expected == null) {
          expected = expected(features(cells, decimal).withoutUnseen(layout));
        }
        filled[column] = columns.text(column, expected, layout, decimal);
      }
    }
    return filled;
  }

  /** What missing cells are likely to be, of what training has seen. */
  private float[] expected(float[] features) {
    return columns.withinRanges(networks.expected(features), layout);
  }

  String[] reconstruct(String[] cells, char decimal) {
    float[] expected = networks.expected(features(cells, decimal).withoutUnseen(layout));
    String[] texts = new String[cells.length];
    for (int column = 0; column < texts.length; column++) {
      texts[column] = columns.text(column, expected, layout, decimal);
    }
    return texts;
  }

  TableModel.Prediction predict(String[] cells, char decimal) {
    LabelUnits label = networks.label();
    if (label == null) {
      throw new UnsupportedOperationException(
          "the model has no label; train it with one to predict");
    }
    float[] output = networks.told(features(cells, decimal).withoutUnseen(layout));
    if (label.isNumber()) {
      double number = label.mean() + label.standardDeviation() * output[0];
      return new TableModel.Prediction(
          NumberText.format(number, label.decimals(), decimal), Map.of());
    }
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < output.length; i++) {
      probabilities.put(label.classes().get(i), (double) output[i]);
    }
    return new TableModel.Prediction(
        label.classes().get(LabelHead.best(output)), Collections.unmodifiableMap(probabilities));
  }
}
