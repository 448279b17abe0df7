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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    assertThat(write(own, out)).isEqualTo(names.size());
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

  private static long write(Path from, Path to) {
    return of(from).write(to, x -> x, (stage, done, of) -> {});
  }

  @Test
  void theirOwnFolderIsRefusedAndOneInIt() throws IOException {
    Path single = picture("a.png", 1);
    for (String name : List.of("../own", "", "new", "new/../inner")) {
      Path to = own.resolve(name);
      assertRefused(
          () -> write(own, to),
          "%s: must lie outside of %s, whose pictures would be replaced or joined"
              .formatted(to, own));
    }
    for (Path to : List.of(own, own.resolve("../own"))) {
      assertRefused(
          () -> write(single, to),
          "%s: must not be the folder of %s, which would be replaced".formatted(to, single));
    }
    assertThat(write(own, folder)).isOne();
    assertThat(write(single, own.resolve("new"))).isOne();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksToThemAreNotWrittenThrough() throws IOException {
    Path single = picture("a.png", 1);
    byte[] bytes = Files.readAllBytes(single);
    Path link = Files.createSymbolicLink(folder.resolve("link"), own);
    assertRefused(
        () -> write(own, link.resolve("new")),
        "%s: must lie outside of %s, whose pictures would be replaced or joined"
            .formatted(link.resolve("new"), own));
    Path out = Files.createDirectory(folder.resolve("out"));
    Path same = Files.createSymbolicLink(out.resolve("a.png"), single);
    for (Path from : List.of(own, link, single)) {
      assertRefused(() -> write(from, out), same + ": must not be a picture that is read");
    }
    assertThat(single).hasBinaryContent(bytes);
  }

  /** As own/own/a.png would, whose place in the folder is own/a.png, another's name. */
  @Test
  void noneTakesThePlaceOfAnother() throws IOException {
    Path single = picture("a.png", 1);
    Files.copy(single, Files.createDirectory(own.resolve("own")).resolve("a.png"));
    String rule = single + ": must not be a picture that is read";
    assertRefused(() -> write(own, folder), rule);
    assertRefused(() -> write(single, single), rule);
    assertRefused(
        () -> of(single).map(single.toString(), List.of(), x -> List.of(), (what, done, of) -> {}),
        rule);
  }

  @Test
  void aSinglePictureBecomesAFileOfAnyName() throws IOException {
    Path single = picture("a.png", 70);
    Path out = folder.resolve("new/b.PNG");
    assertThat(write(single, out)).isOne();
    assertThat(ImageIO.read(out.toFile()).getRaster().getSample(0, 0, 0)).isEqualTo(70);
    Path text = Files.createFile(folder.resolve("b.txt"));
    String rule = text + ": must be a folder for pictures, or end with .csv for numbers";
    assertRefused(() -> write(own, text), rule);
    assertRefused(() -> write(single, text), rule + ", or with .png");
  }

  private static void assertRefused(ThrowingCallable writing, String message) {
    assertThatThrownBy(writing).isInstanceOf(DataException.class).hasMessage(message);
  }
}
