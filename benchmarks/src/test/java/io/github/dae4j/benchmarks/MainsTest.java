package io.github.dae4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.dae4j.cli.console.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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
    assertThat(number(said, "two.threads.times.the.rows")).isPositive();
    assertThat(said.get("two.threads.times.the.rows.target")).startsWith(">= 1.8, m");
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
