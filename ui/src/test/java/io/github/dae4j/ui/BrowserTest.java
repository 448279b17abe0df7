package io.github.dae4j.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in Chromium, where it is installed: they work, and its console stays empty. */
class BrowserTest {

  private static final String CHROMIUM = "chromium";
  private static final int PAGE_MILLISECONDS = 4000;

  private static TrainingPages pages;

  @TempDir Path directory;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, CHROMIUM))),
        "chromium is not installed");
    pages = TrainingPages.open(0);
    TwoLayers network = new TwoLayers();
    network
        .stack()
        .network()
        .setListeners(pages.listeners("stack", network.stack().network(), TwoLayers.examples(), 1));
    network.train();
    pages.refresh();
    new Site(pages.address()).await("/train/sessions/info", sessions -> sessions.has("stack"));
  }

  @AfterAll
  static void close() {
    if (pages != null) {
      pages.close();
    }
  }

  private record Visit(String document, List<String> console) {}

  private Visit visit(URI page) throws IOException, InterruptedException {
    Path document = directory.resolve("document.html");
    Path log = directory.resolve("log.txt");
    Process browser =
        new ProcessBuilder(
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--user-data-dir=" + directory.resolve("profile"),
                "--enable-logging=stderr",
                "--virtual-time-budget=" + PAGE_MILLISECONDS,
                "--dump-dom",
                page.toString())
            .redirectOutput(document.toFile())
            .redirectError(log.toFile())
            .start();
    if (!browser.waitFor(1, TimeUnit.MINUTES)) {
      browser.destroyForcibly();
    }
    return new Visit(
        Files.readString(document),
        Files.readAllLines(log).stream().filter(line -> line.contains("CONSOLE")).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "/dae4j, 'stack, fine-tuning'",
    "/train/overview, DenoisingAutoEncoderLayer|MultiLayerNetwork",
    "/train/model, canvas",
    "/train/system, OpenJDK|Java"
  })
  void aPageWorksAndSaysNothing(String path, String shown)
      throws IOException, InterruptedException {
    Visit visit = visit(pages.address().resolve(path));
    assertThat(visit.console()).isEmpty();
    assertThat(visit.document()).containsPattern(shown);
  }

  /** That the console would be heard, and that inline scripts of others do not run. */
  @Test
  void aPageOfAnotherSiteIsRefused() throws IOException, InterruptedException {
    Path page = directory.resolve("evil.html");
    Files.writeString(
        page,
        "<iframe src='%s'></iframe><script>fetch('%s/state').then(r => r.text()).then(t =>"
                .formatted(pages.address(), pages.address())
            + " document.title = 'read').catch(e => console.log('blocked ' + e))</script>");
    Visit visit = visit(page.toUri());
    assertThat(visit.console()).anyMatch(line -> line.contains("blocked"));
    assertThat(visit.document()).doesNotContain("read</title>");
  }
}
