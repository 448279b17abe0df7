package io.github.dae4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line for each row is what the script reads. */
class TableTasksTest {

  @TempDir private Path folder;

  @Test
  void eachTaskWritesALineForEachRow() throws IOException {
    StringBuilder rows = new StringBuilder("a,b,word\n");
    for (int row = 0; row < 24; row++) {
      rows.append(row % 7).append(',').append(row % 7 + 0.5).append(row % 2 > 0 ? ",x\n" : ",y\n");
    }
    Path train = Files.writeString(folder.resolve("train.csv"), rows);
    Path holes = Files.writeString(folder.resolve("holes.csv"), "a,b,word\n,4.5,x\n1,1.5,\n");
    assertThat(run("impute", train, holes, "")).hasSize(2).last().asString().startsWith("1\t1.5\t");
    Path plain = Files.writeString(folder.resolve("plain.csv"), "a,b\n4,4.5\n1,1.5\n2,2.5\n");
    assertThat(run("predict", train, plain, "\tword")).hasSize(3).allMatch("xy"::contains);
  }

  private List<String> run(String kind, Path train, Path rows, String label) throws IOException {
    Path out = folder.resolve("out.tsv");
    String task = String.join("\t", kind, "" + train, "" + rows, out + label) + "\n";
    InputStream in = System.in;
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setIn(new ByteArrayInputStream(task.getBytes(StandardCharsets.UTF_8)));
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      TableTasks.main(new String[0]);
    } finally {
      System.setIn(in);
      System.setOut(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).matches("done \\d+\\.\\d\\d\\R");
    return Files.readAllLines(out);
  }
}
