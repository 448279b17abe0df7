package io.github.dae4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.testing.Markup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {

  @Test
  void onATerminalEachStageHasABar() {
    String bars = bars(true);
    assertThat(bars).contains("Drawing digits", "2/2", "Downloading a");
  }

  @Test
  void elsewhereThereIsNothingToBeSeen() {
    assertThat(bars(false)).isEmpty();
  }

  @Test
  void aStageEndsWhenItIsDoneOrAnotherBeginsAndOneOfTheSameNameIsAddedToIt() {
    Stages stages = new Stages(false);
    work(stages);
    stages.update("Drawing digits", 2, 2);
    stages.close();
    assertThat(rows(stages)).containsExactly("", "Drawing digits", "Downloading a", "all");
  }

  private static List<String> rows(Stages stages) {
    return Markup.of(
            new io.github.dae4j.report.Page("", "", List.of(stages.times().section(""))).html())
        .texts("th")
        .stream()
        .filter(head -> !List.of("epochs", "time", "per epoch").contains(head))
        .toList();
  }

  private static void work(Stages stages) {
    stages.update("Drawing digits", 1, 2);
    stages.update("Drawing digits", 2, 2);
    stages.update("Downloading a", 5, -1);
    stages.close();
  }

  private static String bars(boolean isWatched) {
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work(new Stages(isWatched));
    } finally {
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
