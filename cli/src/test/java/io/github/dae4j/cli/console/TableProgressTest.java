package io.github.dae4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.table.TableModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableProgressTest {

  private final StringWriter text = new StringWriter();
  private long seconds;

  /** A training of two networks, of which the second is nine times the work. */
  private void train(double secondsEach, boolean isJson) {
    Console console = new Console(new PrintWriter(text), false, isJson);
    try (TableProgress progress =
        new TableProgress(console, () -> (long) (1e9 * seconds * secondsEach))) {
      for (int step = 1; step <= 200; step++, seconds++) {
        int inNetwork = (step - 1) % 100 + 1;
        double share = step <= 100 ? 0.001 * step : 0.1 + 0.009 * inNetwork;
        progress.update(
            new TableModel.TrainingStep("net", step <= 100 ? 1 : 2, 2, inNetwork, 100, 0.5, share));
      }
    }
  }

  /** What takes minutes says after ten seconds how many, and again each minute. */
  @Test
  void whatTakesLongSaysHowLong() {
    train(1, false);
    assertThat(text.toString().lines().filter(line -> line.contains("left")))
        .first()
        .isEqualTo("net          network 1/2  loss 0.5000  1 % of all, about 16 minutes left");
    assertThat(text.toString().lines().filter(line -> line.contains("left"))).hasSize(4);
  }

  @Test
  void forProgramsItIsAnObject() {
    train(1, true);
    assertThat(text.toString().lines().filter(line -> line.contains("secondsLeft")))
        .first()
        .asString()
        .startsWith("{\"event\":\"training\",\"network\":\"net\",\"number\":1,\"networks\":2,");
  }

  @Test
  void whatTakesSecondsSaysNothing() {
    train(0.04, false);
    assertThat(text.toString()).doesNotContain("left").contains("network 2/2  100 minibatches");
  }

  @Test
  void timesAreInTheUnitThatAPersonWouldSay() {
    assertThat(TableProgress.time(61.2)).isEqualTo("62 seconds");
    assertThat(TableProgress.time(600)).isEqualTo("10 minutes");
    assertThat(TableProgress.time(36000)).isEqualTo("10 hours");
  }
}
