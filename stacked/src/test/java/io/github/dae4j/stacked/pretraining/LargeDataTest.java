package io.github.dae4j.stacked.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three gigabytes of floats under a heap of half a gigabyte. */
@Tag("slow")
class LargeDataTest {

  private static final int EXAMPLES = 1_000_000;

  @TempDir Path directory;

  @Test
  void dataLargerThanTheHeapIsTrainedOn() throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Path working = Files.createDirectory(directory.resolve("working"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeData.class.getName(),
                working.toString(),
                String.valueOf(EXAMPLES))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    System.out.println(printed);
    assertThat(process.exitValue()).as(printed).isZero();
    assertThat(printed).contains("cachedInFile=true", "largest heap allowed: 512 MB");
    assertThat(working.toFile().listFiles(File::isFile)).isEmpty();
  }
}
