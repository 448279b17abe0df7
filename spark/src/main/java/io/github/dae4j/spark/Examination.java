package io.github.dae4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * One pass over all rows before anything is trained: how many there are, a digest that does not
 * depend on their order, and what is wrong with them.
 */
final class Examination implements Serializable {

  private static final long serialVersionUID = 1L;

  private long rows;
  private long held;
  private long digest;
  private long bad;
  private String fault;

  /**
   * Reads all rows.
   *
   * @param validation the index of the boolean column; -1 for none
   * @throws IllegalArgumentException naming column, rule and value of a row, or that there is none
   */
  static Examination of(JavaRDD<Row> rows, RowReader reader, int validation) {
    Examination all = new Examination();
    List<String> faults = new ArrayList<>();
    for (Examination part :
        rows.mapPartitions(some -> List.of(of(some, reader, validation)).iterator()).collect()) {
      all.rows += part.rows;
      all.held += part.held;
      all.digest += part.digest;
      all.bad += part.bad;
      faults.add(part.fault);
    }
    if (all.bad > 0) {
      String first =
          faults.stream().filter(Objects::nonNull).min(Comparator.naturalOrder()).orElseThrow();
      throw new IllegalArgumentException(
          all.bad == 1 ? first : "%s (%d rows are not as they must be)".formatted(first, all.bad));
    }
    if (all.rows == 0) {
      throw new IllegalArgumentException(
          all.held == 0
              ? "there is no row to train on"
              : "there is no row to train on: all %d are validation rows".formatted(all.held));
    }
    return all;
  }

  private static Examination of(Iterator<Row> rows, RowReader reader, int validation) {
    Examination part = new Examination();
    while (rows.hasNext()) {
      Row row = rows.next();
      boolean isHeld = isHeld(row, validation);
      try {
        part.digest += Slice.hash(reader.read(row), isHeld ? 1 : 0);
      } catch (IllegalArgumentException e) {
        part.bad++;
        part.fault =
            part.fault == null || e.getMessage().compareTo(part.fault) < 0
                ? e.getMessage()
                : part.fault;
      }
      part.rows += isHeld ? 0 : 1;
      part.held += isHeld ? 1 : 0;
    }
    return part;
  }

  /** A row without a value there is trained on. */
  static boolean isHeld(Row row, int validation) {
    return validation >= 0 && !row.isNullAt(validation) && row.getBoolean(validation);
  }

  /** Rows to train on. */
  long rows() {
    return rows;
  }

  /** Validation rows. */
  long held() {
    return held;
  }

  /** The same for the same rows in any order. */
  long digest() {
    return digest;
  }
}
