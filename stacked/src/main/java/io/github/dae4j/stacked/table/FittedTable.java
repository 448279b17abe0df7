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
import java.util.stream.IntStream;
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
    return Nd4j.createFromArray(
        IntStream.range(0, rows.size())
            .mapToObj(row -> features(cells, row, missing))
            .toArray(float[][]::new));
  }

  private float[] features(Cells cells, int row, ToDoubleFunction<Column> missing) {
    float[] features = new float[schema.width()];
    int from = 0;
    for (int column = 0; column < schema.columns().size(); column++) {
      for (double value : cells.values(row, column)) {
        Column of = schema.columns().get(column);
        features[from++] =
            (float) (Double.isNaN(value) ? missing.applyAsDouble(of) : standardised(of, value));
      }
    }
    return features;
  }

  private double standardised(Column column, double value) {
    return column instanceof NumericColumn ? scales.get(column.name()).standardised(value) : value;
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
      if (of instanceof NumericColumn) {
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
