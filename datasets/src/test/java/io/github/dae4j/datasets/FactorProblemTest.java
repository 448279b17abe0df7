package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.datasets.FactorProblem.Sizes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FactorProblemTest {

  private static final int SIDE = 28;
  private static final Sizes FEW = new Sizes(60, 20, 40);
  private static final List<ImageSet> DIGITS =
      List.of(DrawnDigits.draw(100, 3), DrawnDigits.draw(50, 4));

  @TempDir private static Path photos;

  /** Two for training that are dark on the whole, two for tests that are bright. */
  @BeforeAll
  static void drawPhotographs() throws IOException {
    for (int photo = 0; photo < 4; photo++) {
      write(photos, "photo%d.png".formatted(photo), photo % 2 * 128, 128);
    }
    write(photos, "plain.png", 90, 1);
  }

  private static void write(Path folder, String name, int least, int range) throws IOException {
    Random random = new Random(name.hashCode());
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 60 * 40; i++) {
      image.getRaster().setSample(i % 60, i / 60, 0, least + random.nextInt(range));
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private static Splits draw(FactorProblem problem, long seed) {
    return problem.draw(FEW, DIGITS, PhotographPatches.read(photos), seed, ProgressListener.NONE);
  }

  private static float[][] pixels(ImageSet set) {
    return set.images().dup().toFloatMatrix();
  }

  @Test
  void sizesAreThePapers() {
    assertThat(FactorProblem.BG_IMG_ROT.sizes()).isEqualTo(new Sizes(10_000, 2000, 50_000));
    assertThat(FactorProblem.RECT_IMG.sizes()).isEqualTo(new Sizes(10_000, 2000, 50_000));
    assertThat(FactorProblem.RECTANGLES.sizes()).isEqualTo(new Sizes(1000, 200, 50_000));
    assertThat(FactorProblem.CONVEX.sizes()).isEqualTo(new Sizes(6000, 2000, 50_000));
  }

  @ParameterizedTest
  @EnumSource
  void everySetHasItsSizeAndItsClasses(FactorProblem problem) {
    Splits splits = draw(problem, 1);
    assertThat(splits.name()).isEqualTo(problem.word());
    assertThat(splits.train().size()).isEqualTo(FEW.train());
    assertThat(splits.validation().size()).isEqualTo(FEW.validation());
    assertThat(splits.test().size()).isEqualTo(FEW.test());
    assertThat(splits.train().classes()).hasSize(problem.isOfDigits() ? 10 : 2);
    assertThat(Arrays.stream(splits.train().labels()).distinct().count())
        .isEqualTo(problem.isOfDigits() ? 10 : 2);
  }

  @ParameterizedTest
  @EnumSource
  void withoutValidationTheOthersAreTheSame(FactorProblem problem) {
    Sizes sizes = new Sizes(FEW.train() + FEW.validation(), 0, FEW.test());
    PhotographPatches photographs = PhotographPatches.read(photos);
    Splits all = problem.draw(sizes, DIGITS, photographs, 1, ProgressListener.NONE);
    assertThat(all.validation()).isNull();
    assertThat(all.train().size()).isEqualTo(sizes.train());
    assertThat(pixels(all.test())).isDeepEqualTo(pixels(draw(problem, 1).test()));
  }

  /** Guards against drawing otherwise on another machine or Java; measured on Linux x86-64. */
  @ParameterizedTest
  @CsvSource({
    "BASIC, -1013372741",
    "ROT, -824806872",
    "BG_RAND, 2098601351",
    "BG_IMG, -1722207228",
    "BG_IMG_ROT, -1111427168",
    "RECTANGLES, -493980852",
    "RECT_IMG, -2134053613",
    "CONVEX, -1339248535"
  })
  void everyMachineDrawsTheSame(FactorProblem problem, int hash) {
    Splits splits = draw(problem, 1);
    assertThat(
            Stream.of(splits.train(), splits.validation(), splits.test())
                .flatMap(set -> Arrays.stream(pixels(set)))
                .map(FloatBuffer::wrap)
                .toList()
                .hashCode())
        .isEqualTo(hash);
  }

  @Test
  void noDigitIsInTwoSetsAndTheSeedDoesNotMoveThem() {
    Set<FloatBuffer> seen = new HashSet<>();
    Splits splits = draw(FactorProblem.BASIC, 1);
    for (ImageSet set : List.of(splits.train(), splits.validation(), splits.test())) {
      for (float[] image : pixels(set)) {
        assertThat(seen.add(FloatBuffer.wrap(image))).isTrue();
      }
    }
    assertThat(seen).hasSize(FEW.all());
    assertThat(pixels(draw(FactorProblem.BASIC, 2).test())).isDeepEqualTo(pixels(splits.test()));
    assertThat(pixels(draw(FactorProblem.ROT, 2).test()))
        .isNotEqualTo(pixels(draw(FactorProblem.ROT, 1).test()));
  }

  /** Whatever is done to a digit, it has the label and the place in the set of the plain one. */
  @ParameterizedTest
  @EnumSource(names = {"BASIC", "ROT", "BG_RAND", "BG_IMG", "BG_IMG_ROT"})
  void labelsAreThoseOfTheDigits(FactorProblem problem) {
    Splits splits = draw(problem, 1);
    Splits plain = draw(FactorProblem.BASIC, 1);
    assertThat(splits.train().labels()).isEqualTo(plain.train().labels());
    float[][] digits = pixels(plain.test());
    float[][] images = pixels(splits.test());
    for (int i = 0; i < digits.length; i++) {
      assertThat(labelOf(digits[i])).isEqualTo(splits.test().labels()[i]);
      if (problem == FactorProblem.BG_RAND || problem == FactorProblem.BG_IMG) {
        for (int pixel = 0; pixel < digits[i].length; pixel++) {
          assertThat(images[i][pixel]).isGreaterThanOrEqualTo(digits[i][pixel]);
        }
      }
    }
  }

  private static int labelOf(float[] digit) {
    for (ImageSet set : DIGITS) {
      float[][] all = pixels(set);
      for (int i = 0; i < all.length; i++) {
        if (Arrays.equals(all[i], digit)) {
          return set.labels()[i];
        }
      }
    }
    throw new AssertionError("no digit of these");
  }

  @Test
  void aTurnedDigitIsTheSameAtNoAngleAndKeepsItsInkAtOthers() {
    for (float[] digit : pixels(DIGITS.get(0).first(20))) {
      assertThat(DigitVariations.rotated(digit, 0)).isEqualTo(digit);
      for (double angle : new double[] {0.3, 1.9, 4}) {
        assertThat(ink(DigitVariations.rotated(digit, angle)))
            .isCloseTo(ink(digit), within(0.05 * ink(digit)));
      }
    }
  }

  @Test
  void aQuarterTurnTakesTheRightEdgeToTheTop() {
    float[] image = new float[SIDE * SIDE];
    image[10 * SIDE + 27] = 1;
    float[] turned = DigitVariations.rotated(image, Math.PI / 2);
    assertThat(turned[10]).isCloseTo(1, within(1e-5f));
    assertThat(ink(turned)).isCloseTo(1, within(1e-5));
  }

  private static double ink(float[] image) {
    return IntStream.range(0, image.length).mapToDouble(i -> image[i]).sum();
  }

  @Test
  void noiseIsUniformAroundTheDigit() {
    float[][] images = pixels(draw(FactorProblem.BG_RAND, 1).train());
    int bins = 4;
    int[] counts = new int[bins];
    for (float[] image : images) {
      for (int i = 0; i < 3 * SIDE; i++) { // no digit reaches these rows
        counts[Math.min(bins - 1, (int) (bins * image[i]))]++;
      }
    }
    double expected = images.length * 3 * SIDE / (double) bins;
    for (int count : counts) {
      assertThat((double) count).isCloseTo(expected, within(0.1 * expected));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BG_IMG", "RECT_IMG"})
  void testImagesAreOfOtherPhotographsAndPlainOnesAreLeftOut(FactorProblem problem) {
    assertThat(PhotographPatches.read(photos).size()).isEqualTo(4);
    Splits splits = draw(problem, 1);
    for (float[] image : pixels(splits.train())) {
      assertThat(image[0]).isLessThan(0.5f);
    }
    for (float[] image : pixels(splits.test())) {
      assertThat(image[0]).isGreaterThanOrEqualTo(0.5f);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BG_IMG", "RECT_IMG"})
  void sharedPhotographsAreForTrainingAndForTests(FactorProblem problem) {
    PhotographPatches shared = PhotographPatches.read(photos).shared();
    Splits splits = problem.draw(FEW, DIGITS, shared, 1, ProgressListener.NONE);
    for (ImageSet set : List.of(splits.train(), splits.test())) {
      float[][] images = pixels(set);
      long bright = Arrays.stream(images).filter(image -> image[0] >= 0.5f).count();
      assertThat(bright / (double) images.length).isBetween(0.2, 0.8);
    }
  }

  /** With photographs of one brightness each, one sees where the rectangle is. */
  @Test
  void rectanglesOfPatchesAreTallOrWideByFivePixels(@TempDir Path two) throws IOException {
    for (String name : List.of("a.png", "b.png", "c.png")) {
      write(two, name, name.equals("c.png") ? 155 : 0, 100);
    }
    Splits splits =
        FactorProblem.RECT_IMG.draw(
            new Sizes(200, 1, 1), List.of(), PhotographPatches.read(two), 5, ProgressListener.NONE);
    float[][] images = pixels(splits.train());
    int brightOnDark = 0;
    for (int i = 0; i < images.length; i++) {
      int[] bright = bright(images[i]);
      int area = bright[0] * bright[1];
      if (area > 0 && area < SIDE * SIDE) {
        brightOnDark++;
        assertThat(Math.min(bright[0], bright[1])).isGreaterThanOrEqualTo(10);
        assertThat(Math.abs(bright[0] - bright[1])).isGreaterThanOrEqualTo(5);
        assertThat(4 * area).isBetween(SIDE * SIDE, 3 * SIDE * SIDE);
        assertThat(splits.train().labels()[i]).isEqualTo(bright[0] > bright[1] ? 1 : 0);
      }
    }
    assertThat(brightOnDark).isBetween(30, 70); // a quarter of 200
  }

  /** Height and width of the bright part. */
  private static int[] bright(float[] image) {
    boolean[] rows = new boolean[SIDE];
    boolean[] columns = new boolean[SIDE];
    for (int i = 0; i < image.length; i++) {
      if (image[i] > 0.5) {
        rows[i / SIDE] = true;
        columns[i % SIDE] = true;
      }
    }
    return new int[] {count(rows), count(columns)};
  }

  private static int count(boolean[] flags) {
    return (int) IntStream.range(0, flags.length).filter(i -> flags[i]).count();
  }

  @Test
  void whatCannotBeDrawnIsSaid(@TempDir Path folder) throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sizes(1, -1, 1))
        .withMessage("FactorProblem sizes must be at least 1, 0 and 1, got 1, -1 and 1");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                FactorProblem.ROT.draw(
                    new Sizes(100, 50, 1), DIGITS, null, 1, ProgressListener.NONE))
        .withMessage("rot must be of at most the 150 digits that there are, got 151");
    ImageIO.write(
        new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        folder.resolve("black.png").toFile());
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PhotographPatches.read(folder))
        .withMessage(
            folder
                + ": must hold at least 2 photographs with texture (a standard deviation of 10 % of the"
                + " range in some 28 x 28 pixels), one for training and one for tests; found 0");
  }
}
