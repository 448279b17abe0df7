package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.cli.experiment.ModelImages;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.datasets.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No picture takes the place of another. */
class PicturesTest {

  @TempDir private Path folder;
  private Path own;

  @BeforeEach
  void makeFolder() throws IOException {
    own = Files.createDirectory(folder.resolve("own"));
  }

  private Path picture(String name, int grey) throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, grey);
    Path file = own.resolve(name);
    ImageIO.write(image, name.toLowerCase().endsWith("png") ? "png" : "jpg", file.toFile());
    return file;
  }

  private static Pictures of(Path from) {
    return new Pictures(from, new ModelImages(new ImageShape(1, 1, 1), List.of(), List.of()));
  }

  @Test
  void eachHasAFileOfItsOwn() throws IOException {
    List<String> names =
        List.of("a.jpg", "a.png", "a.png.jpg", "a.png.jpg.png", "a.png.png", "b.png", "B.jpg");
    for (int i = 0; i < names.size(); i++) {
      picture(names.get(i), 10 + 30 * i);
    }
    Path out = folder.resolve("out");
    assertThat(of(own).write(out, x -> x, (stage, done, of) -> {})).isEqualTo(names.size());
    try (Stream<Path> written = Files.list(out)) {
      assertThat(written.map(file -> file.getFileName().toString().toLowerCase()))
          .hasSize(names.size())
          .doesNotHaveDuplicates()
          .contains("a.png", "a.png.png", "b.png")
          .allMatch(name -> name.endsWith(".png"));
    }
    assertThat(ImageIO.read(out.resolve("a.png").toFile()).getRaster().getSample(0, 0, 0))
        .as("of a.jpg")
        .isEqualTo(10);
  }

  @Test
  void theirOwnFolderIsRefused() throws IOException {
    Path single = picture("a.png", 1);
    for (Path from : List.of(own, single)) {
      for (Path to : List.of(own, own.resolve("../own"))) {
        assertRefused(from, to);
      }
    }
    of(own).requireOther(folder);
    of(own).requireOther(own.resolve("new"));
    of(single).requireOther(folder);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkToTheirFolderIsRefused() throws IOException {
    assertRefused(own, Files.createSymbolicLink(folder.resolve("link"), own));
    assertRefused(folder.resolve("link"), own);
  }

  private static void assertRefused(Path from, Path to) {
    assertThatThrownBy(() -> of(from).requireOther(to))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s: must not be the folder of the pictures that are read, %s, which would be replaced"
                .formatted(to, from));
  }
}
