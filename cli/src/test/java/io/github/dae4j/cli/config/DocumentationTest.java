package io.github.dae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.config.RecordForm.KeyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** configs/README.md says of every key what the code says. */
class DocumentationTest {

  /** What stands in several places is documented once. */
  private static final Pattern SHARED =
      Pattern.compile(".*\\.((corruption|updater|rate|early-stopping)\\..*)");

  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\| (.+?) \\| (.+?) \\| .+ \\|$", Pattern.MULTILINE);

  private static String readme() throws IOException {
    return Files.readString(ShippedConfigurationsTest.FOLDER.resolve("README.md"));
  }

  private static Stream<String> rows() throws IOException {
    return ROW.matcher(readme()).results().map(DocumentationTest::row);
  }

  private static String row(MatchResult row) {
    return row.group(1) + " | " + row.group(2) + " | " + row.group(3).replace("`", "");
  }

  private static String row(KeyDescription key) {
    String path = SHARED.matcher(key.path()).replaceFirst("$1");
    String rule = key.rule().startsWith("a map of ") ? "a map" : key.rule();
    return path + " | " + rule + " | " + key.fallback();
  }

  @Test
  void everyKeyIsThereWithItsRuleAndItsDefault() throws IOException {
    List<String> known =
        Stream.of(ExperimentConfiguration.FORM.keys(""), TableConfiguration.FORM.keys(""))
            .flatMap(List::stream)
            .map(DocumentationTest::row)
            .distinct()
            .toList();
    assertThat(known).hasSizeGreaterThan(60);
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void everyFileIsThere() throws IOException {
    for (var file : ShippedConfigurationsTest.files()) {
      assertThat(readme()).contains("| [`%1$s`](%1$s) |".formatted(file.getFileName()));
    }
  }
}
