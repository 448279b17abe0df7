package io.github.dae4j.cli.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.datasets.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model may expect words that the encoding of the rows does not have. */
class TableMapTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private Path folder;

  private long map(String result, String to) throws IOException {
    Path in = Files.writeString(folder.resolve("in.csv"), "town\nKöln\nBern\n", WINDOWS);
    TableInput input =
        TableInput.open(
            new TableData.File(in.toString(), null, null, null, ',', null, true, WINDOWS));
    return new TableMap(header -> header, row -> result + "\n", false, 1)
        .map(input, to, (bytes, total) -> bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.csv", "out.csv.gz", "-"})
  void aWordThatCannotBeEncodedIsSaidOfEveryOutput(String name) throws IOException {
    boolean isFile = !name.equals("-");
    Path file = Files.writeString(folder.resolve("out" + name), "as before");
    String to = isFile ? file.toString() : name;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(written, true, WINDOWS));
    try {
      assertThatThrownBy(() -> map("Łódź", to))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "%s: a result cannot be written in windows-1252, the input's encoding; convert that"
                      .formatted(isFile ? to : "standard output")
                  + " to UTF-8");
    } finally {
      System.setOut(out);
    }
    assertThat(file).hasContent("as before");
    assertThat(written.size()).isZero();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("in.csv", "out" + name);
  }

  @Test
  void whatCanBeEncodedIs() throws IOException {
    Path file = folder.resolve("out.csv");
    assertThat(map("Zürich €", file.toString())).isEqualTo(2);
    assertThat(Files.readAllLines(file, WINDOWS))
        .isEqualTo(List.of("town", "Zürich €", "Zürich €"));
  }
}
