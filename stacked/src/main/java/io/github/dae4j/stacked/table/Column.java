package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnBlock;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** A column of a table: what its cells may say, and the features that they become. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NumericColumn.class, name = "numeric"),
  @JsonSubTypes.Type(value = BinaryColumn.class, name = "binary"),
  @JsonSubTypes.Type(value = CategoricalColumn.class, name = "categorical"),
  @JsonSubTypes.Type(value = DateColumn.class, name = "date"),
  @JsonSubTypes.Type(value = HashedColumn.class, name = "hashed")
})
public sealed interface Column
    permits NumericColumn, BinaryColumn, CategoricalColumn, DateColumn, HashedColumn {

  /** The name, which no other column of the table has. */
  String name();

  /** What its features are to a loss. */
  ColumnBlock.Kind kind();

  /** The number of its features. */
  int width();

  /** The name of one of its features, counted from 0. */
  String featureName(int feature);

  /**
   * What a cell that is not missing says: a number as it is, 0 or 1, or a one-hot block.
   *
   * @throws IllegalArgumentException naming the column and what its cells must be
   */
  double[] values(String cell);

  /** The cell that says such values, or the likeliest one; null if they speak for none. */
  String cell(double[] values);
}
