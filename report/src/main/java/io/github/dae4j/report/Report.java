package io.github.dae4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dae4j.internal.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A run's result as a JSON file. */
public final class Report {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();
  private static final ObjectWriter WRITER =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private Report() {}

  /**
   * Writes a record of numbers, strings, lists, maps and records: components in their order, map
   * keys sorted, NaN and the infinities as the strings "NaN", "Infinity" and "-Infinity", which
   * read back as doubles.
   *
   * @throws java.io.UncheckedIOException naming {@code path}
   */
  public static void write(Record result, Path path) {
    WholeFile.writeWithFolders(
        path,
        out ->
            out.write((WRITER.writeValueAsString(result) + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** The same in one line, which ends with its last bracket. */
  public static String line(Record result) {
    try {
      return MAPPER.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write " + result + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws java.io.UncheckedIOException naming {@code path}
   */
  public static <T extends Record> T read(Path path, Class<T> type) {
    try {
      return MAPPER.readValue(path.toFile(), type);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }
}
