package io.github.dae4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Adds a model's columns to rows, some hundred at a time; the memory it takes does not grow. */
final class Serving implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  private static final int ROWS = 256;

  private final Broadcast<ServedModel.Files> files;
  private final StackColumns columns;
  private final int[] inputs;

  Serving(Broadcast<ServedModel.Files> files, StackColumns columns, int[] inputs) {
    this.files = files;
    this.columns = columns;
    this.inputs = inputs;
  }

  /** The rows with the columns of a schema. */
  static Dataset<Row> on(
      Dataset<Row> rows, StructType schema, ServedModel.Files files, StackColumns columns) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    int[] inputs =
        columns.input().stream().mapToInt(name -> rows.schema().fieldIndex(name)).toArray();
    return rows.mapPartitions(
        new Serving(spark.broadcast(files), columns, inputs), Encoders.row(schema));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ServedModel model = ServedModel.of(files.value());
    return new Iterator<>() {

      private Iterator<Row> served = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        if (!served.hasNext() && rows.hasNext()) {
          List<Row> some = new ArrayList<>(ROWS);
          while (some.size() < ROWS && rows.hasNext()) {
            some.add(rows.next());
          }
          served = model.serve(some, inputs, columns).iterator();
        }
        return served.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return served.next();
      }
    };
  }
}
