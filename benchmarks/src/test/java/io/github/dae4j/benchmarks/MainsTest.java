package io.github.dae4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.dae4j.benchmarks.vincent2010.Vincent2010;
import io.github.dae4j.cli.console.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** The mains print what the script reads; how fast anything is, is no matter here. */
class MainsTest {

  @ParameterizedTest
  @EnumSource
  void anEpochHasItsTimeAndItsCost(EpochKind kind) {
    Map<String, String> said =
        run(new EpochTime(), "--kind", kind.name(), "--hidden", "5", "--images", "50");
    assertThat(said)
        .containsEntry("images", "50")
        .containsEntry("batch", "20")
        .containsEntry("threads", "unset")
        .containsKeys("epoch.0.seconds", "epoch.2.seconds")
        .doesNotContainKey("epoch.3.seconds");
    assertThat(number(said, "epoch.2.seconds")).isPositive();
    assertThat(Double.isNaN(number(said, "epoch.2.loss")))
        .isEqualTo(kind.name().matches(".*(WITHOUT_LOSS|LISTENER)"));
  }

  @Test
  void bothWaysOfOursReachTheSameLoss() {
    assertThat(lossAfterThreeEpochs(EpochKind.GREEDY))
        .isCloseTo(lossAfterThreeEpochs(EpochKind.PRETRAIN), withPercentage(3));
  }

  private static double lossAfterThreeEpochs(EpochKind kind) {
    return number(
        run(new EpochTime(), "--kind", kind.name(), "--hidden", "30", "--images", "300"),
        "epoch.2.loss");
  }

  @Test
  void fineTuningLowersItsLoss() {
    Map<String, String> said =
        run(new FineTuningEpoch(), "--images", "400", "--epochs", "5", "--threads", "1");
    assertThat(said).containsEntry("threads", "1");
    assertThat(number(said, "epoch.4.loss")).isLessThan(number(said, "epoch.0.loss"));
  }

  @Test
  void aStackHasATimeForEachLayerAndForOneAlone() {
    assertThat(run(new StackEpochs(), "--images", "20", "--epochs", "1"))
        .containsKeys(
            "epoch.0.alone.seconds",
            "epoch.0.layer.1.seconds",
            "epoch.0.layer.2.seconds",
            "epoch.0.layer.3.seconds");
  }

  @Test
  void memoryIsSampledEveryThousandSteps() {
    Map<String, String> said =
        run(
            new SteadyMemory(),
            "--batch=1",
            "--hidden=1",
            "--images=500",
            "--steps=1500",
            "--kind=GREEDY");
    assertThat(said).doesNotContainKey("steps.2000.heap.mib");
    assertThat(number(said, "steps.1000.heap.mib")).isBetween(1.0, 1000.0);
    assertThat(number(said, "steps.1000.heap.bytes.per.step")).isPositive();
    assertThat(number(said, "steps.1000.native.objects.per.step")).isPositive();
  }

  @Test
  void useIsMeasuredBesideItsTargets() {
    Map<String, String> said = run(new InferenceCost(), "--rows=50", "--calls=3", "--rounds=1");
    for (String use : List.of("encode", "reconstruct", "error", "score")) {
      assertThat(number(said, "row." + use + ".thread.cpu.us")).isPositive();
      assertThat(number(said, "rows." + use + ".median.ms")).isPositive();
      assertThat(said.get("row." + use + ".thread.cpu.us.target")).startsWith("<= 100.0, m");
      assertThat(said.get("rows." + use + ".median.ms.target")).startsWith("<= 75.0, m");
    }
    for (String use : List.of("error", "score")) {
      assertThat(number(said, "two.threads." + use + ".times.the.rows")).isPositive();
      assertThat(said.get("two.threads." + use + ".times.the.rows.target")).startsWith(">= 1.8, m");
    }
  }

  /** 7 to 12 points apart with seeds 1 and 2: a wrong gradient or wrong data would end that. */
  @Test
  void aDenoisingStackSeesDigitsInNoiseThatOneWithoutPretrainingDoesNot(@TempDir Path runs) {
    String[] quick = {
      "--quick", "--problems=bg-rand", "--variants=sdae,scratch", "--levels=0.25", "--seeds=1"
    };
    String[] args =
        Stream.concat(Stream.of("-o", runs.toString()), Stream.of(quick)).toArray(String[]::new);
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new Vincent2010()).setOut(new PrintWriter(said, true));
    assertThat(CommandRunner.execute(line, args)).isZero();
    assertThat(testError(said, "sdae")).isLessThan(testError(said, "scratch") - 8).isLessThan(80);
    StringWriter again = new StringWriter();
    line.setOut(new PrintWriter(again, true));
    assertThat(CommandRunner.execute(line, args)).isZero(); // from the files of the runs
    assertThat(again).hasToString(said.toString());
  }

  private static double testError(StringWriter table, String variant) {
    return table
        .toString()
        .lines()
        .filter(row -> row.startsWith("| bg-rand | " + variant))
        .map(row -> row.split("\\|")[5].strip().split(" ")[0])
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void problemsThatNeedPhotographsAreRefusedWithoutThem() {
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new Vincent2010()).setErr(new PrintWriter(said, true));
    assertThat(CommandRunner.execute(line, "--problems", "rot,bg-img")).isEqualTo(2);
    assertThat(said.toString())
        .contains("--photos must be a folder of photographs for bg-img, got nothing");
  }

  @Test
  void aWrongOptionIsOneMessage() {
    assertThat(CommandRunner.execute(new CommandLine(new EpochTime()), "--batch", "0"))
        .isEqualTo(2);
  }

  private static double number(Map<String, String> said, String key) {
    return Double.parseDouble(said.get(key));
  }

  private static Map<String, String> run(Object main, String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(CommandRunner.execute(new CommandLine(main), args)).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }
}
