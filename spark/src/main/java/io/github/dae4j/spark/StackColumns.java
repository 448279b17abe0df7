package io.github.dae4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The columns that estimator and model read and write, by the values of their parameters; an empty
 * name means none.
 *
 * @param inputs empty where the input is {@code features}
 * @param predicted null if no label is predicted, or it is not known yet
 */
record StackColumns(
    List<String> inputs,
    String features,
    String label,
    String validation,
    String code,
    String reconstruction,
    String error,
    String anomaly,
    String reasons,
    String prediction,
    String probability,
    Label predicted)
    implements Serializable {

  /** What predictions are. */
  enum Label {
    NUMBER,
    WORD
  }

  /** What an anomaly is due to. */
  static final StructType REASON =
      new StructType()
          .add("column", DataTypes.StringType, false)
          .add("value", DataTypes.StringType)
          .add("expected", DataTypes.StringType)
          .add("contribution", DataTypes.DoubleType, false);

  static StackColumns of(Params params) {
    return new StackColumns(
        params.isDefined(params.getParam("inputCols"))
            ? Arrays.asList((String[]) params.getOrDefault(params.getParam("inputCols")))
            : List.of(),
        name(params, "featuresCol"),
        name(params, "labelCol"),
        name(params, "validationCol"),
        name(params, "outputCol"),
        name(params, "reconstructionCol"),
        name(params, "errorCol"),
        name(params, "anomalyCol"),
        name(params, "reasonsCol"),
        name(params, "predictionCol"),
        name(params, "probabilityCol"),
        null);
  }

  /** The same for a model that predicts such a label, null for none, in classes or not. */
  StackColumns served(Label label, boolean hasClasses) {
    return new StackColumns(
        inputs,
        features,
        "",
        "",
        code,
        reconstruction,
        error,
        anomaly,
        reasons,
        prediction,
        hasClasses ? probability : "",
        label);
  }

  private static String name(Params params, String name) {
    if (!params.hasParam(name)) {
      return "";
    }
    Param<Object> param = params.getParam(name);
    return (String) params.getOrDefault(param);
  }

  boolean isTable() {
    return !inputs.isEmpty();
  }

  boolean hasLabel() {
    return !label.isEmpty();
  }

  /** The columns of the input. */
  List<String> input() {
    return isTable() ? inputs : List.of(features);
  }

  /**
   * The schema with the columns that are added.
   *
   * @param training whether label and validation must be there
   * @throws IllegalArgumentException naming a column that is missing, of a wrong type, or there
   *     already
   */
  StructType checked(StructType schema, boolean training) {
    if (isTable()) {
      for (String name : inputs) {
        requireType(schema, name, isCell(type(schema, name)), "a number, string, boolean or date");
      }
    } else {
      requireType(
          schema, features, isVector(type(schema, features)), "a vector or an array of numbers");
    }
    if (training && hasLabel()) {
      DataType type = type(schema, label);
      requireType(schema, label, isCell(type), "a number, string or boolean");
      if (inputs.contains(label)) {
        throw new IllegalArgumentException("labelCol '%s' must not be an input".formatted(label));
      }
    }
    if (training && !validation.isEmpty()) {
      requireType(schema, validation, type(schema, validation) instanceof BooleanType, "boolean");
    }
    List<StructField> fields = new ArrayList<>(Arrays.asList(schema.fields()));
    Label label =
        !training
            ? predicted
            : !hasLabel()
                ? null
                : type(schema, this.label) instanceof NumericType ? Label.NUMBER : Label.WORD;
    for (StructField added : added(label)) {
      if (Stream.of(schema.fieldNames()).anyMatch(added.name()::equals)) {
        throw new IllegalArgumentException(
            "column '%s' must not be there already; another name, or an empty one for none, is set"
                    .formatted(added.name())
                + " by the parameter that names it");
      }
      fields.add(added);
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** What a model adds, in this order. */
  private List<StructField> added(Label label) {
    List<StructField> fields = new ArrayList<>();
    add(fields, code, SQLDataTypes.VectorType());
    add(
        fields,
        reconstruction,
        isTable() ? DataTypes.createArrayType(DataTypes.StringType) : SQLDataTypes.VectorType());
    add(fields, error, DataTypes.DoubleType);
    add(fields, anomaly, DataTypes.DoubleType);
    add(fields, reasons, DataTypes.createArrayType(REASON, false));
    if (label != null) {
      add(fields, prediction, label == Label.NUMBER ? DataTypes.DoubleType : DataTypes.StringType);
      add(fields, probability, SQLDataTypes.VectorType());
    }
    return fields;
  }

  private static void add(List<StructField> fields, String name, DataType type) {
    if (!name.isEmpty()) {
      fields.add(new StructField(name, type, true, Metadata.empty()));
    }
  }

  private static DataType type(StructType schema, String name) {
    return Stream.of(schema.fields())
        .filter(field -> field.name().equals(name))
        .map(StructField::dataType)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "column '%s' is missing; there are %s"
                        .formatted(name, List.of(schema.fieldNames()))));
  }

  private static void requireType(StructType schema, String name, boolean holds, String types) {
    if (!holds) {
      throw new IllegalArgumentException(
          "column '%s' must be %s, got %s"
              .formatted(name, types, type(schema, name).simpleString()));
    }
  }

  private static boolean isCell(DataType type) {
    return type instanceof NumericType
        || type instanceof StringType
        || type instanceof BooleanType
        || type instanceof DateType
        || type instanceof TimestampType;
  }

  private static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || type instanceof ArrayType array && array.elementType() instanceof NumericType;
  }
}
