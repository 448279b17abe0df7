package io.github.dae4j.datasets;

import io.github.dae4j.stacked.table.CategoricalColumn;
import io.github.dae4j.stacked.table.NumericColumn;
import io.github.dae4j.stacked.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * 344 penguins of three species (Gorman, Williams and Fraser 2014; public domain, CC0 1.0):
 * species, island and four measures, from which the sex is to be told; {@code penguins.txt} has the
 * source.
 */
public final class Penguins {

  private static final TableSchema SCHEMA =
      new TableSchema(
          new CategoricalColumn("species", "Adelie", "Chinstrap", "Gentoo"),
          new CategoricalColumn("island", "Biscoe", "Dream", "Torgersen"),
          new NumericColumn("beak_length_mm"),
          new NumericColumn("beak_depth_mm"),
          new NumericColumn("flipper_length_mm"),
          new NumericColumn("body_mass_g"));

  private Penguins() {}

  /** Reads the table that lies beside this class. */
  public static LabelledTable read() {
    try (InputStream bytes = Penguins.class.getResourceAsStream("penguins.csv");
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      TextTable table = TextTable.read("penguins.csv", text);
      return new LabelledTable("penguins", SCHEMA, table.rows(SCHEMA), table.column("sex"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
