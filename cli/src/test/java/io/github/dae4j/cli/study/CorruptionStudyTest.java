package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.dae4j.cli.study.CorruptionSamples.Sample;
import io.github.dae4j.corruption.Corruption;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptionStudyTest {

  private static final int ROW = 22 + 56 + 20;

  @TempDir private Path folder;

  @Test
  void drawsEachCorruptionAndSaysWhatItDoes() throws IOException {
    Outcome outcome = run("--images=1", "--digits=2");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("MaskingCorruption        0 with probability level", "report.html");

    BufferedImage picture = ImageIO.read(picture().toFile());
    assertThat(picture.getWidth()).isEqualTo(12 + 330 + 3 * (2 * 58 - 2 + 20) - 20 + 12);
    assertThat(picture.getHeight()).isEqualTo(2 * 12 + 9 * ROW - 20);
    int[] clean = digit(picture, 0, 0);
    assertThat(digit(picture, 1, 0)).isNotEqualTo(clean); // masking
    assertThat(digit(picture, 8, 2)).containsExactly(digit(picture, 1, 2)); // masking, scheduled
    assertThat(blacker(clean, digit(picture, 1, 2))).isTrue();
    assertThat(blacker(clean, digit(picture, 3, 0))).isFalse(); // salt
  }

  @Test
  void theSameSeedGivesTheSamePicture() throws IOException {
    run("--images=1", "--digits=1", "--seed=5");
    byte[] first = Files.readAllBytes(picture());
    run("--images=1", "--digits=1", "--seed=5");
    assertThat(picture()).hasBinaryContent(first);
    run("--images=1", "--digits=1", "--seed=6");
    assertThat(Files.readAllBytes(picture())).isNotEqualTo(first);
  }

  @Test
  void noCorruptionIsForgotten() {
    Stream<String> all =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(Corruption.class.getPackageName())
                .stream()
                .filter(type -> type.isAssignableTo(Corruption.class) && !type.isInterface())
                .map(JavaClass::getSimpleName);
    assertThat(CorruptionSamples.forSquares(28))
        .extracting(Sample::name)
        .containsExactlyInAnyOrderElementsOf(all.toList());
    assertThat(CorruptionSamples.forSquares(28))
        .allSatisfy(
            sample ->
                assertThat(sample.amounts())
                    .allSatisfy(
                        amount ->
                            assertThat(amount.corruption().getClass().getSimpleName())
                                .isEqualTo(sample.name())));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 21})
  void refusesNumbersOfDigits(int digits) {
    Outcome outcome = run("--digits=" + digits);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: --digits must be in [1, 20], got %d%n".formatted(digits));
    assertThat(folder.resolve("output")).doesNotExist();
  }

  /** The first digit of a group. */
  private static int[] digit(BufferedImage picture, int row, int group) {
    int x = 12 + 330 + group * (2 * 58 - 2 + 20);
    return picture.getRaster().getSamples(x, 12 + row * ROW + 22, 56, 56, 0, (int[]) null);
  }

  private static boolean blacker(int[] clean, int[] corrupted) {
    return Arrays.stream(corrupted).sum() < Arrays.stream(clean).sum();
  }

  private Path picture() {
    return folder.resolve("output/corruptions.png");
  }

  private Outcome run(String... options) {
    return Outcome.ofStudy("corruption-gallery", folder.resolve("output"), options);
  }
}
