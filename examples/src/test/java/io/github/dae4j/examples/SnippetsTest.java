package io.github.dae4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java snippets of the documents are parts of programs, which compile and run. */
class SnippetsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path SOURCES = Path.of("src/main/java/io/github/dae4j");
  private static final Pattern NAMED =
      Pattern.compile("<!-- from (\\S+)\\.java: (\\S+) -->\\s*```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ANY = Pattern.compile("```java\n");

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md")),
          docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void snippetsStandInExamples(Path document) throws IOException {
    String text = Files.readString(document);
    Matcher snippet = NAMED.matcher(text);
    List<String> named = new ArrayList<>();
    while (snippet.find()) {
      String name = snippet.group(1) + ": " + snippet.group(2);
      named.add(name);
      assertThat(snippet.group(3).strip())
          .as("%s in %s", name, document.getFileName())
          .isEqualTo(region(snippet.group(1), snippet.group(2)));
    }
    assertThat(ANY.matcher(text).results().count())
        .as("every snippet of %s names its example: %s", document.getFileName(), named)
        .isEqualTo(named.size());
  }

  @Test
  void theReadmeHasASnippet() throws IOException {
    assertThat(NAMED.matcher(Files.readString(ROOT.resolve("README.md"))).find()).isTrue();
  }

  /** Of an example, or of a test of Spark's, which no example depends on. */
  private static Path file(String name) {
    return name.startsWith("spark/")
        ? ROOT.resolve("spark/src/test/java/io/github/dae4j").resolve(name + ".java")
        : SOURCES.resolve(
            name.startsWith("examples/") ? name + ".java" : "examples/" + name + ".java");
  }

  /** The lines between {@code // region name} and the next {@code // endregion}, unindented. */
  private static String region(String example, String name) {
    Path file = file(example);
    try {
      Matcher region =
          Pattern.compile("// region " + name + "\n(.*?)\n *// endregion", Pattern.DOTALL)
              .matcher(Files.readString(file));
      assertThat(region.find()).as("%s has a region %s", file, name).isTrue();
      return region.group(1).stripTrailing().stripIndent().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
