package io.github.dae4j.stacked.table;

import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.stacked.internal.DamageReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/** A fitted table as a JSON file, which names kinds of columns and no classes. */
final class TableFile {

  private static final int VERSION = 1;
  private static final long MOST_BYTES = 1L << 28;

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private record Content(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) FittedTable table) {}

  private TableFile() {}

  static void write(Path file, FittedTable table) throws IOException {
    String json = MAPPER.writeValueAsString(new Content(VERSION, table)) + "\n";
    WholeFile.write(file, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
  }

  static FittedTable read(Path file) throws IOException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it is longer than " + MOST_BYTES + " bytes");
      }
      Content content = MAPPER.readValue(Files.readAllBytes(file), Content.class);
      if (content == null || content.version() != VERSION || content.table() == null) {
        throw new IOException("it is no table of version " + VERSION);
      }
      return content.table();
    } catch (JsonProcessingException e) {
      throw new IOException("Cannot read " + file + ": " + DamageReason.of(e), e);
    } catch (NoSuchFileException e) {
      throw new IOException("Cannot read " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
