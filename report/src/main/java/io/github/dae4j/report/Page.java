package io.github.dae4j.report;

import io.github.dae4j.internal.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * One HTML file that needs nothing else: its style and pictures are in it, it has no script, and a
 * browser that opens it is told to fetch nothing.
 */
public record Page(String title, String subtitle, List<Section> sections) {

  private static final String STYLE = "report.css";

  public Page {
    sections = List.copyOf(sections);
  }

  /**
   * Writes it.
   *
   * @throws UncheckedIOException naming {@code path}
   */
  public void write(Path path) {
    WholeFile.writeWithFolders(path, out -> out.write(html().getBytes(StandardCharsets.UTF_8)));
  }

  /** The document, which is well-formed XML too. */
  public String html() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="icon" href="data:,"/>
        %s
        <style>
        %s</style>
        </head>
        <body>
        %s
        %s
        %s
        </body>
        </html>
        """
        .formatted(Tag.of("title", title), style(), header(), navigation(), main());
  }

  private Tag header() {
    return Tag.of("header").add(Tag.of("h1", title), Tag.of("p", subtitle));
  }

  private Tag navigation() {
    return Tag.of("nav")
        .with("aria-label", "Sections")
        .add(sections.stream().map(Section::link).toList());
  }

  private Tag main() {
    return Tag.of("main").add(sections.stream().map(Section::tag).toList());
  }

  private static String style() {
    try (InputStream style = Page.class.getResourceAsStream(STYLE)) {
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + STYLE + ": " + e.getMessage(), e);
    }
  }
}
