package io.github.dae4j.stacked.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A schema with what it learned from training rows: turns rows into features and back.
 *
 * <p>Numbers are standardised, the words of a binary column are 0 and 1, categories are one-hot.
 *
 * @param scales of the numeric and binary columns, by name
 */
public record FittedTable(
    @JsonProperty(required = true) TableSchema schema,
    @JsonProperty(required = true) Map<String, Scale> scales) {

  public FittedTable {
    List<String> names = schema.scaled().map(Column::name).toList();
    if (scales == null
        || scales.values().stream().anyMatch(Objects::isNull)
        || scales.size() != names.size()
        || !scales.keySet().containsAll(names)) {
      throw new IllegalArgumentException(
          "FittedTable scales must be those of the columns %s, got %s".formatted(names, scales));
    }
    scales = Collections.unmodifiableMap(new LinkedHashMap<>(scales));
  }

  /**
   * The features of rows, FLOAT [n, width]; a missing cell is NaN in all of its features.
   *
   * @throws IllegalArgumentException naming row, counted from 1, and column of a bad cell
   */
  public INDArray features(List<List<String>> rows) {
    return features(rows, column -> Double.NaN);
  }

  /**
   * The features of rows, FLOAT [n, width], for models that take no NaN: a missing number is the
   * mean of the training rows, a missing word of two the share of ones, and a missing category a
   * block of zeros.
   *
   * @throws IllegalArgumentException naming row, counted from 1, and column of a bad cell
   */
  public INDArray filledFeatures(List<List<String>> rows) {
    return features(
        rows, column -> column instanceof BinaryColumn ? scales.get(column.name()).mean() : 0);
  }

  private INDArray features(List<List<String>> rows, ToDoubleFunction<Column> missing) {
    Cells cells = new Cells(schema, rows);
    RowEncoder encoder = new RowEncoder(schema, scales);
    float[][] features = new float[rows.size()][schema.width()];
    for (int row = 0; row < features.length; row++) {
      for (int column = 0; column < schema.columns().size(); column++) {
        String cell = rows.get(row).get(column);
        boolean isKnown = encoder.encode(column, cell, '.', features[row], 0);
        int from = encoder.from(column);
        int to = encoder.from(column + 1);
        if (!isKnown || Math.abs(features[row][from]) >= Scale.MOST) {
          cells.values(row, column); // says what is wrong, unless it is an unseen category
        }
        if (to > from && Float.isNaN(features[row][from])) {
          float value = (float) missing.applyAsDouble(schema.columns().get(column));
          Arrays.fill(features[row], from, to, value);
        }
      }
    }
    return Nd4j.createFromArray(features);
  }

  /**
   * The rows that features speak for, [n, width]: numbers in their own units, and the likelier word
   * or category; what is NaN, and a block of zeros, is the first of the schema's missing cells, or
   * "". Of a reconstruction z they are {@code rows(schema().loss().expected(z))}.
   */
  public List<List<String>> rows(INDArray features) {
    if (features.rank() != 2 || features.size(1) != schema.width()) {
      throw new IllegalArgumentException(
          "table features must be [n, %d], got %s"
              .formatted(schema.width(), Arrays.toString(features.shape())));
    }
    return Arrays.stream(features.toDoubleMatrix()).map(this::row).toList();
  }

  private List<String> row(double[] features) {
    String[] cells = new String[schema.columns().size()];
    int from = 0;
    for (int column = 0; column < cells.length; column++) {
      Column of = schema.columns().get(column);
      double[] values = Arrays.copyOfRange(features, from, from + of.width());
      if (of instanceof NumericColumn || of instanceof DateColumn date && date.hasNumber()) {
        values[0] = scales.get(of.name()).original(values[0]);
      }
      String cell = of.cell(values);
      cells[column] = cell == null ? schema.missingCell() : cell;
      from += of.width();
    }
    return List.of(cells);
  }

  /**
   * Writes schema and scales as JSON, whole or not at all, into a folder that is there.
   *
   * @throws IOException naming the file, which is then as it was before
   */
  public void save(Path file) throws IOException {
    TableFile.write(file, this);
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static FittedTable load(Path file) throws IOException {
    return TableFile.read(file);
  }
}
