package io.github.dae4j.report;

import java.awt.image.BufferedImage;
import java.util.Base64;

/**
 * A picture with small pixels, drawn large.
 *
 * @param caption what is to be known about it, empty for nothing
 */
public record Picture(BufferedImage image, String heading, String caption) {

  /** A figure with the picture in it. */
  public Tag tag() {
    String png = Base64.getEncoder().encodeToString(Png.bytes(image));
    Tag figure =
        Tag.of("figure")
            .add(
                Tag.of("figcaption", heading),
                Tag.of("img")
                    .with("alt", heading)
                    .with("width", image.getWidth())
                    .with("height", image.getHeight())
                    .with("src", "data:image/png;base64," + png));
    return caption.isEmpty() ? figure : figure.add(Tag.of("p", caption));
  }
}
