package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is killed loses a round at most, and comes to the same bits. */
@EnabledIf("io.github.dae4j.spark.Clusters#runOnThisJava")
class KilledDriverTest {

  private static final int ROUNDS = 2 * 2 * 3; // layers, epochs, rounds of an epoch

  @TempDir Path folder;

  /** The driver: trains with checkpoints, slowly enough to be killed, and writes its weights. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (JavaSparkContext spark = Clusters.driver("local[2,4]")) {
      Checkpoints checkpoints =
          Checkpoints.in(
              folder.resolve("checkpoints").toUri().toString(),
              spark.hadoopConfiguration(),
              Map.of("trial", "2"));
      float[] weights =
          Trial.of(2)
              .on(
                  spark,
                  3,
                  Long.MAX_VALUE,
                  checkpoints,
                  workers -> new FaultyWorkers(workers, moment -> count(folder)));
      Files.writeString(folder.resolve("weights"), Arrays.toString(weights));
    }
  }

  private static void count(Path folder) {
    try {
      Files.createTempFile(folder, "round", "");
      Thread.sleep(200);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void killedTwice() throws Exception {
    assertSameBits(2);
  }

  @Test
  @Tag("slow")
  void killedTwentyTimes() throws Exception {
    assertSameBits(20);
  }

  private void assertSameBits(int kills) throws Exception {
    Path output = folder.resolve("output");
    Random random = new Random(kills);
    int killed = 0;
    while (!Files.exists(folder.resolve("weights"))) {
      Process driver = Clusters.java(output, KilledDriverTest.class.getName(), folder.toString());
      if (killed < kills) {
        long before = rounds();
        while (driver.isAlive() && rounds() < before + 2) {
          Thread.sleep(20);
        }
        Thread.sleep(random.nextInt(250));
        driver.destroyForcibly().waitFor();
        killed++;
      }
      assertThat(driver.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(killed == kills && driver.exitValue() != 0 && driver.exitValue() != 137)
          .as(() -> read(output))
          .isFalse();
    }
    assertThat(Files.readString(folder.resolve("weights")))
        .isEqualTo(Arrays.toString(Trial.of(2).alone()));
    assertThat(killed).isPositive();
    assertThat(rounds()).isLessThanOrEqualTo(ROUNDS + killed);
  }

  private long rounds() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("round")).count();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
