package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Section.Table;
import io.github.dae4j.testing.Chromium;
import io.github.dae4j.testing.Markup;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

  private static final String HOSTILE = "</title></style><script>console.error('in')</script>&";

  @TempDir private Path folder;

  @Test
  void aPageHasItsSectionsAndLinksToThem() {
    Markup page =
        page(Section.of("a", "First", Tag.of("p", "1")), Section.of("b", "Second", Tag.of("p")));
    assertThat(page.values("section", "id")).containsExactly("a", "b");
    assertThat(page.values("a", "href")).containsExactly("#a", "#b");
    assertThat(page.texts("h2")).containsExactly("First", "Second");
  }

  @Test
  void titlesAreTexts() {
    Markup page = Markup.of(new Page(HOSTILE, HOSTILE, List.of()).html());
    assertThat(page.texts("title")).containsExactly(HOSTILE);
    assertThat(page.texts("h1")).containsExactly(HOSTILE);
    assertThat(page.all("script")).isEmpty();
  }

  @Test
  void aPictureIsInThePage() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(2, 1, 0, 77);
    Markup page = page(Section.of("a", "", new Picture(image, "Filters", "Of layer 0.").tag()));
    String source = page.values("img", "src").get(0);
    assertThat(source).startsWith("data:image/png;base64,");
    byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(read.getRaster().getSample(2, 1, 0)).isEqualTo(77);
    assertThat(page.values("img", "alt")).containsExactly("Filters");
  }

  @Test
  void factsAndTablesHaveAllTheirWords() {
    Markup page =
        page(
            Section.of(
                "a",
                "",
                new Facts().add("seed", "1").add("F1", null).list(),
                new Table(List.of("", "epochs"), List.of(List.of("layer 0", "5"))).tag()));
    assertThat(page.texts("dt")).containsExactly("seed");
    assertThat(page.texts("dd")).containsExactly("1");
    assertThat(page.texts("th")).containsExactly("", "epochs", "layer 0");
    assertThat(page.texts("td")).containsExactly("5");
  }

  @Test
  void aPageIsWrittenWhole() throws IOException {
    Path file = folder.resolve("new").resolve("page.html");
    Page page = new Page("\u4e09", "", List.of());
    page.write(file);
    assertThat(file).hasContent(page.html());
    assertThat(Files.list(file.getParent())).containsExactly(file);
  }

  /** That the browser's complaints are heard at all, and that pages may not fetch anything. */
  @Test
  void aBrowserRefusesWhatIsNotInThePage() throws IOException, InterruptedException {
    Chromium browser = Chromium.find().orElse(null);
    assumeTrue(browser != null);
    Files.write(folder.resolve("other.png"), new byte[] {1});
    Path file = folder.resolve("page.html");
    Tag foreign = Tag.of("img").with("src", "other.png").with("onload", "console.error(1)");
    new Page("", "", List.of(Section.of("a", "", foreign))).write(file);
    assertThat(browser.load(file, folder).complaints())
        .anyMatch(line -> line.contains("violates the following Content Security Policy"));
  }

  private static Markup page(Section... sections) {
    return Markup.of(new Page("Title", "Subtitle", List.of(sections)).html());
  }
}
