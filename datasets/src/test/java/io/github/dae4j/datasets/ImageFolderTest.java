package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageFolderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp", "jpg"})
  void readsEveryKind(String kind) throws IOException {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    fill(image, new Color(255, 51, 0));
    write(image, "a." + kind);
    ImageSet set = ImageFolder.of(folder).read();
    assertThat(set.shape()).isEqualTo(new ImageShape(8, 16, 3));
    assertThat(set.isLabelled()).isFalse();
    float[] pixels = set.images().toFloatVector();
    assertThat(pixels[0]).isCloseTo(1f, within(0.02f));
    assertThat(pixels[1]).isCloseTo(0.2f, within(0.02f));
    assertThat(pixels[2]).isCloseTo(0f, within(0.02f));
  }

  @Test
  void someFilesAreReadInTheShapeOfOthers() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    fill(image, new Color(255, 51, 0));
    write(image, "b.png");
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Files.copy(folder.resolve("b.png"), inner.resolve("a.png"));
    List<Path> files = ImageFolder.files(folder); // both, though as a training set that is refused
    assertThat(files).containsExactly(folder.resolve("b.png"), inner.resolve("a.png"));
    assertThat(ImageFolder.files(files.get(1))).containsExactly(files.get(1));
    INDArray pixels = ImageFolder.read(files, new ImageShape(1, 2, 3));
    assertThat(pixels.toFloatMatrix()[1]).containsExactly(1f, 0.2f, 0f, 1f, 0.2f, 0f);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.files(Files.createDirectories(folder.resolve("empty"))))
        .withMessage(
            folder.resolve("empty")
                + ": must hold images (PNG, JPEG, GIF or BMP), or folders of them, one for each class;"
                + " it holds no file");
  }

  /** Java's getRGB takes grey for linear light and would give 188 for 128. */
  @Test
  void greyStaysAsItIs() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 128);
    image.getRaster().setSample(1, 0, 0, 255);
    write(image, "grey.png");
    assertThat(ImageFolder.of(folder).read().images().toFloatVector())
        .containsExactly(128 / 255f, 1f);
    assertThat(ImageFolder.of(folder).colour(true).read().images().toFloatVector())
        .containsExactly(128 / 255f, 128 / 255f, 128 / 255f, 1f, 1f, 1f);
  }

  @Test
  void sixteenBitsAreScaledToOne() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 13107);
    write(image, "deep.png");
    assertThat(ImageFolder.of(folder).read().images().getFloat(0, 0))
        .isCloseTo(0.2f, within(1e-6f));
  }

  @Test
  void transparentPixelsAreBlendedWithWhite() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0xff000000);
    write(image, "clear.png");
    assertThat(ImageFolder.of(folder).colour(false).read().images().toFloatVector())
        .containsExactly(1f, 0f);
  }

  /** Grey with transparency, as drawing programs save it, is the same grey. */
  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT})
  void transparentGreyStaysAsItIs(int type) throws IOException {
    ColorModel greyAndAlpha =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            type);
    BufferedImage image =
        new BufferedImage(
            greyAndAlpha, greyAndAlpha.createCompatibleWritableRaster(3, 1), false, null);
    int most = type == DataBuffer.TYPE_BYTE ? 255 : 65535;
    int fifth = most / 5;
    image.getRaster().setPixel(0, 0, new int[] {fifth, most});
    image.getRaster().setPixel(1, 0, new int[] {fifth, fifth});
    image.getRaster().setPixel(2, 0, new int[] {fifth, 0});
    write(image, "grey.png");
    for (boolean colour : new boolean[] {false, true}) {
      INDArray pixels = ImageFolder.of(folder).colour(colour).read().images();
      assertThat(pixels.reshape(3, colour ? 3 : 1).getColumn(0).toFloatVector())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(0.2f, 0.84f, 1f);
    }
  }

  @Test
  void linksToFoldersAreFollowed() throws IOException {
    write(new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY), "real/cat/1.png");
    write(new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY), "elsewhere/1.png");
    Path real = folder.resolve("real");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Files.createSymbolicLink(real.resolve("dog"), folder.resolve("elsewhere"));
    ImageSet set = ImageFolder.of(link).read();
    assertThat(set.classes()).containsExactly("cat", "dog");
    assertThat(set.labels()).containsExactly(0, 1);
    Path round = Files.createSymbolicLink(real.resolve("round"), real);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(real).read())
        .withMessage(
            "%s: cannot be read as a folder of images: the link %s leads back to where it is",
            real, round);
  }

  @Test
  void subFoldersAreClasses() throws IOException {
    for (String name :
        new String[] {
          "dog/1.png", "cat/2.PNG", "dog/0.png", "cat/.hidden.png", ".checkpoints/1.png"
        }) {
      write(new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY), name);
    }
    Files.writeString(folder.resolve("dog").resolve("notes.txt"), "passed over");
    ImageSet set = ImageFolder.of(folder).read();
    assertThat(set.classes()).containsExactly("cat", "dog");
    assertThat(set.labels()).containsExactly(0, 1, 1);
  }

  @Test
  void scalingTakesTheMeanOfWhatAPixelCovers() throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 16; i++) {
      image.getRaster().setSample(i % 4, i / 4, 0, 10 * i);
    }
    write(image, "steps.png");
    assertThat(ImageFolder.of(folder).size(2, 2).read().images().mul(255).toFloatVector())
        .usingComparatorWithPrecision(1e-3f)
        .containsExactly(25f, 45f, 105f, 125f);
    assertThat(ImageFolder.of(folder).size(1, 1).read().images().getFloat(0, 0) * 255)
        .isCloseTo(75f, within(1e-3f));
    assertThat(ImageFolder.of(folder).size(8, 8).read().images().mul(255).getFloat(0, 2))
        .isCloseTo(10f, within(1e-3f));
  }

  /** The mean of any image is kept by any scaling that keeps its proportions. */
  @Test
  void scalingKeepsTheMean() throws IOException {
    Random random = new Random(3);
    BufferedImage image = new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY);
    double sum = 0;
    for (int i = 0; i < 900; i++) {
      int value = random.nextInt(256);
      sum += value;
      image.getRaster().setSample(i % 30, i / 30, 0, value);
    }
    write(image, "noise.png");
    for (int side : new int[] {1, 7, 11, 29, 30, 31, 64}) {
      assertThat(ImageFolder.of(folder).size(side, side).read().images().meanNumber().doubleValue())
          .as("side %d", side)
          .isCloseTo(sum / 900 / 255, within(1e-5));
    }
  }

  @Test
  void theLongerSideIsCroppedAtBothEnds() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < 2; row++) {
      image.getRaster().setSample(1, row, 0, 100);
      image.getRaster().setSample(2, row, 0, 200);
    }
    write(image, "wide.png");
    assertThat(ImageFolder.of(folder).size(1, 1).read().images().getFloat(0, 0) * 255)
        .isCloseTo(150f, within(1e-3f));
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(missing).read())
        .withMessage("%1$s: cannot be read as a folder of images: there is no %1$s", missing);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.read(List.of(missing), ImageShape.grey(1, 1)))
        .withMessage("%1$s: cannot be read as an image: there is no %1$s", missing);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(folder).read())
        .withMessage(
            folder
                + ": must hold images (PNG, JPEG, GIF or BMP), or folders of them, one for each"
                + " class; it holds no file");
    write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "a.png");
    write(new BufferedImage(5, 2, BufferedImage.TYPE_BYTE_GRAY), "b.png");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(folder).read())
        .withMessage(
            folder.resolve("b.png")
                + ": must be 2 x 3 pixels (height x width) as the first image is, got 2 x 5 (set size, such as"
                + " 32x32, to scale all images)");
    write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "cat/a.png");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(folder).read())
        .withMessageContaining("got both: a.png beside [cat]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 33, 45, 60})
  void damagedFilesAreNamed(int length) throws IOException {
    write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "ok.png");
    byte[] whole = Files.readAllBytes(folder.resolve("ok.png"));
    Path cut = folder.resolve("cut.png");
    Files.write(cut, java.util.Arrays.copyOf(whole, length));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(folder).read())
        .withMessageStartingWith(cut + ": ");
  }

  /** A few bytes can claim to be gigabytes of pixels. */
  @Test
  void sizesAreNotBelieved() throws IOException {
    write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "a.png");
    Path file = folder.resolve("a.png");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer header = ByteBuffer.wrap(bytes).putInt(16, 32768).putInt(20, 32768);
    CRC32 check = new CRC32();
    check.update(bytes, 12, 17);
    header.putInt(29, (int) check.getValue());
    Files.write(file, bytes);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(folder).read())
        .withMessage(file + ": must have at most 67108864 pixels, got 32768 x 32768");
  }

  @Test
  void anImageThatIsTooLargeForANetworkIsNamed() throws IOException {
    write(new BufferedImage(1100, 1000, BufferedImage.TYPE_BYTE_GRAY), "a.png");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(folder).read())
        .withMessageStartingWith(folder.resolve("a.png") + ": ");
    assertThat(ImageFolder.of(folder).size(2, 2).read().images().columns()).isEqualTo(4);
  }

  @Test
  void aFolderWithoutImagesSaysWhatItHolds() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("cats")).resolve("a.webp"), "x");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.classes(folder))
        .withMessageEndingWith("; it holds 1 of other kinds, as cats/a.webp");
    Files.createDirectory(folder.resolve("cats/young"));
    write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "cats/young/b.gif");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.of(folder).read())
        .withMessageEndingWith("; some lie deeper in it, as cats/young/b.gif");
  }

  /** None is passed over in silence, for the classes would be others. */
  @ParameterizedTest
  @ValueSource(strings = {"cats/young/b.gif", "dogs/a/b/c/d/e/f/g.png"})
  void imagesThatLieDeeperAreNamed(String deeper) throws IOException {
    BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    write(pixel, "dogs/c.gif");
    write(pixel, "dogs/.cache/large/c.gif");
    write(pixel, ".previews/dogs/large/c.gif");
    assertThat(ImageFolder.classes(folder)).containsExactly("dogs");
    write(pixel, deeper);
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> ImageFolder.classes(folder),
            () -> ImageFolder.of(folder).read(),
            () -> ImageFolder.files(folder))) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(reading)
          .withMessage(
              folder
                  + ": must hold images (PNG, JPEG, GIF or BMP), or folders of them, one for each"
                  + " class; some lie deeper in it, as "
                  + deeper);
    }
  }

  /** A root has no name, and the present folder an empty one. */
  @Test
  void foldersWithoutANameAreRead() throws IOException {
    write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "a.png");
    URI zip = URI.create("jar:" + folder.resolve("images.zip").toUri());
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path root = files.getPath("/");
      Files.copy(folder.resolve("a.png"), root.resolve("a.png"));
      assertThat(ImageFolder.classes(root)).isEmpty();
      assertThat(ImageFolder.of(root).read().size()).isOne();
      assertThat(ImageFolder.files(root)).hasSize(1);
      Files.move(
          root.resolve("a.png"), Files.createDirectory(root.resolve("cat")).resolve("a.png"));
      assertThat(ImageFolder.classes(root)).containsExactly("cat");
    }
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.files(Path.of("")))
        .withMessageStartingWith(".: must hold images ");
  }

  /** In locale C all names beyond ASCII are, and classes would be merged. */
  @ParameterizedTest
  @ValueSource(strings = {"$'caf\\xff.png'", "$'caf\\xff/a.png'"})
  @EnabledOnOs(OS.LINUX)
  void namesThatTheLocaleCannotExpressAreRefused(String name) throws Exception {
    write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "a.png");
    String move = "mkdir -p \"$(dirname %1$s)\" && mv a.png %1$s".formatted(name);
    assertThat(new ProcessBuilder("bash", "-c", move).directory(folder.toFile()).start().waitFor())
        .isZero();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> ImageFolder.files(folder))
        .withMessageStartingWith(folder + "/caf\ufffd")
        .withMessageEndingWith(
            ": must have a name that this locale can express; LC_ALL=C.UTF-8 allows all names");
  }

  /** Two colours or a palette, of greys alone. */
  @Test
  void blackAndWhiteAndGreysOfAPaletteAreGrey() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, Color.WHITE.getRGB());
    write(image, "a.png");
    BufferedImage greys = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    greys.getRaster().setSample(1, 0, 0, 255);
    write(greys, "b.gif");
    ImageSet set = ImageFolder.of(folder).read();
    assertThat(set.shape()).isEqualTo(ImageShape.grey(1, 2));
    assertThat(set.images().toFloatMatrix()).isDeepEqualTo(new float[][] {{0, 1}, {0, 1}});
    Files.delete(folder.resolve("a.png"));
    assertThat(ImageFolder.of(folder).read().shape()).isEqualTo(ImageShape.grey(1, 2));
  }

  private static void fill(BufferedImage image, Color colour) {
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.dispose();
  }

  private void write(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String kind = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, kind, file.toFile())).isTrue();
  }
}
