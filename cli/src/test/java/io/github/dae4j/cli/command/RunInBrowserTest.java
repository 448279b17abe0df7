package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.testing.Chromium;
import io.github.dae4j.testing.Chromium.Loaded;
import io.github.dae4j.testing.Markup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunInBrowserTest {

  @TempDir private Path folder;

  @Test
  void thePageOfARunNeedsNothingButItselfAndABrowserHasNothingToComplainAbout()
      throws IOException, InterruptedException {
    Chromium browser = Chromium.find().orElse(null);
    assumeTrue(browser != null);
    RunFiles run = new RunFiles(folder.resolve("it's a <run>"));
    Outcome outcome =
        Outcome.of(
            "train",
            Path.of("..", "configs", "quickstart.yaml").toString(),
            "--quiet",
            "--set=data.train=60",
            "--set=data.validation=20",
            "--set=data.test=20",
            "--set=stack.layers[0].units=8",
            "--set=stack.layers[1].units=8",
            "--set=pretraining.epochs=2",
            "--set=fine-tuning.epochs=2",
            "--output=" + run.path());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();

    String html = Files.readString(run.page());
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "<script", "@import", "url(");
    assertThat(Markup.of(html).values("img", "src"))
        .hasSize(5)
        .allMatch(source -> source.startsWith("data:image/png;base64,"));
    assertThat(Markup.of(html).texts("pre").get(0)).contains("it'\\''s a <run>");

    Loaded loaded = browser.load(run.page(), folder);
    assertThat(loaded.complaints()).isEmpty();
    for (String id : Markup.of(html).values("section", "id")) {
      assertThat(loaded.dom()).contains("<section id=\"%s\">".formatted(id));
    }
    assertThat(loaded.dom()).endsWith("</html>\n");
  }
}
