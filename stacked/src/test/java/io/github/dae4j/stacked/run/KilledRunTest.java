package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed again and again, in all of its phases, leaves what one left alone leaves. */
@Tag("slow")
class KilledRunTest {

  private static final int KILLS_OF_EACH_PHASE = 7;
  private static final int MOST_MILLISECONDS = 60;

  @TempDir Path folder;

  @Test
  void theModelIsTheSameToTheByte() throws IOException, InterruptedException {
    long seed = System.nanoTime();
    System.out.println("KilledRunTest seed: " + seed);
    Random random = new Random(seed);
    Path alone = folder.resolve("alone.zip");
    assertThat(runUntil("finished", 0, "alone", alone)).isEqualTo("finished");

    Path killed = folder.resolve("killed.zip");
    List<String> hits = new ArrayList<>();
    for (String phase : phases()) {
      hits.add(runUntil(phase, random.nextInt(MOST_MILLISECONDS), "killed", killed));
    }
    System.out.println("killed in: " + hits);
    for (String phase : List.of("caching", "pretraining", "fine-tuning")) {
      assertThat(hits).filteredOn(phase::equals).as(phase).hasSizeGreaterThanOrEqualTo(4);
    }
    assertThat(hits).doesNotContain("finished").hasSizeGreaterThanOrEqualTo(20);
    assertThat(runUntil("finished", 0, "killed", killed)).isEqualTo("finished");
    assertThat(Files.readAllBytes(killed)).isEqualTo(Files.readAllBytes(alone));
    assertThat(Files.list(folder.resolve("killed/codes"))).isEmpty();
    assertThat(Files.list(folder.resolve("killed/checkpoints"))).hasSizeLessThanOrEqualTo(2);
  }

  private static List<String> phases() {
    List<String> phases = new ArrayList<>();
    for (int i = 0; i < KILLS_OF_EACH_PHASE; i++) {
      phases.add("caching");
      phases.add("pretraining");
    }
    for (int i = 0; i < KILLS_OF_EACH_PHASE; i++) {
      phases.add("fine-tuning");
    }
    return phases;
  }

  /** Kills it so long after it has entered a phase; gives the phase in which that hit it. */
  private String runUntil(String phase, int milliseconds, String directory, Path model)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1", // starts sooner
                "-cp",
                System.getProperty("java.class.path"),
                KilledProgram.class.getName(),
                folder.resolve(directory).toString(),
                model.toString())
            .redirectError(errors.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    String last = "";
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        if (phase.equals(line) && !phase.equals("finished")) {
          Thread.sleep(milliseconds);
          process.toHandle().destroyForcibly(); // SIGKILL; what it wrote is read to the end
        }
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(last).as(Files.readString(errors)).isNotEmpty();
    return last;
  }
}
