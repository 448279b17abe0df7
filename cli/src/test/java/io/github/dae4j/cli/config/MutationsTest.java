package io.github.dae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of a good document, it is read or refused in one line with its place. */
class MutationsTest {

  private static final int MUTANTS = 500;
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    "- ",
    "\n",
    "  ",
    "&a ",
    "*a",
    "!!",
    "|",
    ">",
    "?",
    "\"",
    "'",
    "#",
    "~",
    "null",
    "-1",
    "1e9",
    ".5",
    "9999999999",
    "none",
    "sgd",
    "layers",
    ",",
    "\t",
    "\u0000",
    "\uFEFF",
    "\uD83D\uDE00",
    "\uD800",
    "%YAML 9.9\n",
    "---\n",
    "...\n",
    "<<: "
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void areReadOrRefused(long seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String mutant = Documents.LONG;
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutant = changed(mutant, random);
      }
      refused += isRefused(mutant) ? 1 : 0;
    }
    assertThat(refused).isBetween(MUTANTS / 2, MUTANTS - 1);
  }

  private static String changed(String text, Random random) {
    int at = random.nextInt(text.length());
    int to = Math.min(text.length(), at + random.nextInt(8));
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + text.substring(to);
      case 1 -> text.substring(0, at) + text.substring(at, to) + text.substring(at);
      case 2 -> text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(to);
      default -> text.substring(0, at) + (char) random.nextInt(0x250) + text.substring(at);
    };
  }

  private static boolean isRefused(String text) {
    try {
      ExperimentConfiguration read = YamlReader.read("a.yaml", text, List.of());
      assertThat(Documents.read(read.toYaml())).isEqualTo(read);
      return false;
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).as(text).matches("a\\.yaml:\\d+:\\d+: \\P{Cntrl}+");
      return true;
    } catch (RuntimeException e) {
      throw new AssertionError("a document was neither read nor refused:\n" + text, e);
    }
  }
}
