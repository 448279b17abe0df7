package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come, there is a table or one sentence about what is wrong with them. */
class TableFuzzTest {

  private static final String[] SEEDS = {
    "name;age;born\nAnn;45,5;01.02.1980\n\"Bob \"\"B\"\"\";32,1;03.04.1990\n",
    "0,1,2\n0.5,0.25,1\n0.125,1,0\n",
    "a\tb\n1\t2\n\n3\t4\n",
    "\uFEFFid|note\r\n1|'x'\r\n2|'y'\r\n",
    "x\n1\n\n2\n"
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void damagedTextIsATableOrRefused(int seed) throws IOException {
    Random random = new Random(seed);
    int read = 0;
    for (int trial = 0; trial < 500; trial++) {
      byte[] bytes = SEEDS[random.nextInt(SEEDS.length)].getBytes(StandardCharsets.UTF_8);
      bytes = damaged(bytes, random, ",;\t|\"'\n\r\0\\.-0189eE \u00c3\u00ff");
      try {
        Table table = Table.read(new ByteArrayInputStream(bytes), "-", CsvOptions.DETECT).held();
        TableProfile profile = TableProfile.of(table);
        assertThat(profile.columns()).hasSameSizeAs(table.columns());
        assertThat(table.columns()).doesNotHaveDuplicates();
        if (profile.columns().stream().anyMatch(guess -> guess.input().isPresent())) {
          profile.schema();
        }
        read++;
      } catch (TableException e) {
        assertThat(e.getMessage()).as(Arrays.toString(bytes)).startsWith("-");
      }
    }
    assertThat(read).isGreaterThan(100);
  }

  private static byte[] damaged(byte[] bytes, Random random, String marks) {
    byte[] damaged = Arrays.copyOf(bytes, bytes.length + random.nextInt(4));
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      damaged[random.nextInt(damaged.length)] = (byte) marks.charAt(random.nextInt(marks.length()));
    }
    return Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length));
  }

  @Test
  void settingsThatWouldMakeScoresNaNAreRefused() throws IOException {
    TableModel model = TableModel.builder().updates(5).units(4).fit(Workers.rows(40, 1));
    String attachment = new String(TableModelFile.bytes(model), StandardCharsets.ISO_8859_1);
    Path file = folder.resolve("model.zip");
    for (String name : List.of("contamination", "error", "distance")) {
      Matcher number =
          Pattern.compile("(\"" + name + "\"\\s*:\\s*)([0-9.E-]+)").matcher(attachment);
      String zero = number.replaceFirst(n -> n.group(1) + "0" + zeros(n.group(2)));
      TableModelFile.write(file, model.stack(), zero.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> TableModel.load(file))
          .as(name)
          .isInstanceOf(IOException.class)
          .hasMessageMatching(".*its \\w+ must be (in \\(0, 0.5]|positive), got 0.0");
    }
  }

  /** The rest of a zero that is as long as a number. */
  private static String zeros(String number) {
    return number.length() < 3
        ? " ".repeat(number.length() - 1)
        : "." + "0".repeat(number.length() - 2);
  }

  @Test
  void damagedModelsAreRefused() throws IOException {
    TableModel model = TableModel.builder().updates(5).units(4).fit(Workers.rows(40, 1));
    byte[] attachment = TableModelFile.bytes(model);
    Random random = new Random(1);
    Path file = folder.resolve("model.zip");
    for (int trial = 0; trial < 60; trial++) {
      byte[] damaged =
          Arrays.copyOf(attachment, attachment.length - random.nextInt(2) * random.nextInt(200));
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        damaged[random.nextInt(Math.min(3000, damaged.length))] = (byte) random.nextInt();
      }
      TableModelFile.write(file, model.stack(), damaged);
      try {
        TableModel.load(file).score(Workers.rows(1, 2).get(0));
      } catch (IOException e) {
        assertThat(e.getMessage()).startsWith("Cannot load " + file + ": ");
      } catch (TableException e) {
        assertThat(e.getMessage()).contains("which the model does not know"); // a damaged name
      }
    }
    TableModelFile.write(file, model.stack(), Arrays.copyOf(attachment, attachment.length - 4));
    assertThatThrownBy(() -> TableModel.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "Cannot load " + file + ": expected a model that TableModel has saved");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> TableModel.load(file)).isInstanceOf(IOException.class);
  }
}
