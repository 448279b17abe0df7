package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.DamageReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * The columns of a table with what was learnt of their units, before there is a network: they make
 * features of rows, and a {@link TableModel} of any stack that was trained on such features.
 *
 * <p>It never changes: any number of threads may use it.
 */
public final class TableColumns {

  private static final int VERSION = 1;
  private static final long MOST_FEATURES = 1 << 24;

  private record Content(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) ModelColumns columns,
      LabelUnits label) {}

  private final ModelColumns columns;
  private final LabelUnits label; // null for none
  private final ToDoubleFunction<String> target; // of the label
  private final FeatureLayout layout;
  private final RowEncoder encoder;

  TableColumns(ModelColumns columns, LabelUnits label) {
    this.columns = columns;
    this.label = label;
    target = label == null ? null : label.target('.');
    layout = columns.layout();
    encoder = columns.encoder();
  }

  /** The columns that are inputs; a stack's bottom decoder minimises its {@code loss()}. */
  public TableSchema schema() {
    return columns.table().schema();
  }

  /**
   * The classes of the label, sorted, numbers by size; empty if there is no label, or it is a
   * number.
   */
  public List<String> classes() {
    return label == null ? List.of() : label.classes();
  }

  /**
   * The features of a row [width]: standardised numbers, at most 6 standard deviations, and one-hot
   * words; NaN of what is missing or was never seen.
   *
   * @param row cells by column name; a column that is not named is missing
   * @throws TableException naming a column that is not known
   */
  public float[] features(Map<String, ?> row) {
    EncodedRow encoded =
        columns.encode(encoder, columns.cells(row), '.', TableDefaults.CONTAMINATION / 4);
    return TableNet.bounded(encoded.withoutUnseen(layout));
  }

  /**
   * The label of a row: the index of its class, or its standardised number, at most 10 standard
   * deviations; NaN if it is missing, unknown, or if there is no label.
   */
  public float label(Map<String, ?> row) {
    String cell = label == null ? null : CellText.of(label.column(), row.get(label.column()));
    return cell == null || encoder.isMissing(cell.strip())
        ? Float.NaN
        : (float) target.applyAsDouble(cell.strip());
  }

  /**
   * The model of a stack that was trained on features of these columns. The stack may have any
   * number of layers; with an output layer it tells the label.
   *
   * @param stack of which a copy is taken: as many inputs as {@link #schema} has features, missing
   *     cells allowed, {@code schema().loss()} at the bottom; an output layer has a softmax unit
   *     for each of the {@link #classes}, or one identity unit for a number
   * @param rows {@link #features} of at least 8 rows, best of such that the stack was not trained
   *     on: what errors are usual, and which scores are rare
   * @param contamination the share of them that counts as anomalies, in (0, 0.5]
   * @throws IllegalArgumentException naming the rule that the stack or the rows break
   */
  public TableModel model(StackedDenoisingAutoEncoder stack, float[][] rows, double contamination) {
    TableModel.builder().contamination(contamination); // checks it
    if (rows.length < RowDetector.LEAST_ROWS) {
      throw new IllegalArgumentException(
          "TableColumns rows must be at least %d, got %d"
              .formatted(RowDetector.LEAST_ROWS, rows.length));
    }
    for (float[] row : rows) {
      if (row.length != layout.features()) {
        throw new IllegalArgumentException(
            "TableColumns rows must have %d features, got %d"
                .formatted(layout.features(), row.length));
      }
    }
    float[][] bounded = Arrays.stream(rows).map(TableNet::bounded).toArray(float[][]::new);
    return new TableModel(
        columns, StackNetworks.fit(schema(), stack, bounded, label), contamination);
  }

  /** All of it as bytes, which name no classes of Java. */
  public byte[] toBytes() {
    try {
      return TableFile.MAPPER.writeValueAsBytes(new Content(VERSION, columns, label));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes them of the bytes that {@link #toBytes} has made.
   *
   * @throws IOException saying what is wrong with them
   */
  public static TableColumns of(byte[] bytes) throws IOException {
    try {
      Content content = TableFile.MAPPER.readValue(bytes, Content.class);
      if (content == null || content.version() != VERSION) {
        throw new IOException("they are none of version " + VERSION);
      }
      long features = content.columns().inputs().stream().mapToLong(Column::width).sum();
      if (features > MOST_FEATURES) {
        throw new IOException(
            "they claim %d features, more than %d".formatted(features, MOST_FEATURES));
      }
      return new TableColumns(content.columns(), content.label());
    } catch (IOException | RuntimeException e) {
      throw new IOException("Cannot read columns of a table: " + DamageReason.of(e), e);
    }
  }
}
