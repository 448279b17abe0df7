package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.testing.Chromium;
import io.github.dae4j.testing.Chromium.Loaded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UiTest {

  private static final String CONFIGURATION =
      Path.of("..", "configs", "quickstart.yaml").toString();

  @TempDir private Path folder;

  @Test
  void trainingIsTheSameButForTheLineThatNamesThePages() throws IOException {
    Outcome outcome = Outcome.of(train("--ui=0", "--json"));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : outcome.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines.get(0).get("event").asText()).isEqualTo("ui");
    assertThat(lines.get(0).get("filters").asText()).matches("http://127\\.0\\.0\\.1:\\d+/dae4j");
    assertThat(lines.get(0).get("overview").asText()).endsWith("/train/overview");
    assertThat(lines).hasSize(1 + 2 * 2 + 2 + 1);
    assertThat(lines.get(1).get("event").asText()).isEqualTo("epoch");
  }

  @ParameterizedTest
  @CsvSource({
    "--ui=65536,'--ui must be in [0, 65535], got 65536'",
    "--ui=x,'Invalid value for option ''--ui'': ''x'' is not an int'",
    "--ui-stay=1,'--ui-stay must be 0 without --ui, got 1'",
    "--ui-stay=-1,'--ui-stay must be >= 0, got -1'"
  })
  void aWrongOptionIsNamedAndNothingIsTrained(String option, String message) {
    Outcome outcome = Outcome.of(train(option));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aPortThatIsTakenIsNamedAndNothingIsTrained() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Outcome outcome = Outcome.of(train("--ui=" + taken.getLocalPort()));
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err())
          .startsWith(
              "error: --ui: training pages cannot be opened at port %d: "
                  .formatted(taken.getLocalPort()));
      assertThat(folder.resolve("run")).doesNotExist();
    }
  }

  @Test
  void whatFollowsTheOptionAfterASpaceIsNoPort() {
    Outcome outcome = Outcome.of("train", "--ui", folder.resolve("none.yaml").toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("none.yaml").doesNotContain("--ui");
  }

  @Test
  void aBrowserHasNothingToComplainAboutWhileThePagesStay()
      throws IOException, InterruptedException {
    Chromium browser = Chromium.find().orElse(null);
    assumeTrue(browser != null);
    JavaProcess run = JavaProcess.start(folder, List.of(), train("--ui=0", "--ui-stay=5"));
    try {
      URI pages = URI.create(awaitEnd(run));
      Loaded ours = browser.load(pages, folder);
      assertThat(ours.complaints()).isEmpty();
      assertThat(ours.dom())
          .contains("stack, fine-tuning", "/dae4j/filters/stack?", "All 8,", "<polyline");
      for (String page : List.of("overview", "model")) {
        Loaded theirs = browser.load(pages.resolve("/train/" + page), folder);
        assertThat(theirs.complaints()).isEmpty();
        assertThat(theirs.dom()).contains("stack_layer0", "stack_layer1");
      }
    } finally {
      run.process().destroyForcibly().waitFor();
    }
  }

  /** The address that is told when all is done. */
  private static String awaitEnd(JavaProcess run) throws IOException, InterruptedException {
    for (int i = 0; i < 600 && run.process().isAlive(); i++) {
      String out = Files.readString(run.out());
      int stay = out.indexOf(" stay open for 5 minutes");
      if (stay >= 0) {
        return out.substring(out.lastIndexOf("http://", stay), stay);
      }
      Thread.sleep(100);
    }
    throw new AssertionError(Files.readString(run.out()) + Files.readString(run.err()));
  }

  private String[] train(String... options) {
    return Stream.concat(
            Stream.of(
                "train",
                CONFIGURATION,
                "--set=data.train=60",
                "--set=data.validation=20",
                "--set=data.test=20",
                "--set=stack.layers[0].units=8",
                "--set=stack.layers[1].units=8",
                "--set=pretraining.epochs=2",
                "--set=fine-tuning.epochs=2",
                "--output=" + folder.resolve("run")),
            Stream.of(options))
        .toArray(String[]::new);
  }
}
