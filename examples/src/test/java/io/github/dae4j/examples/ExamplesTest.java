package io.github.dae4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example does what it says, on less data. */
class ExamplesTest {

  private static final Path SOURCES = Path.of("src/main/java/io/github/dae4j/examples");

  private static final ImageSet DIGITS = DrawnDigits.draw(1600, 1);

  @TempDir Path folder;

  private static ImageSet digits(int from, int to) {
    return DIGITS.range(from, to);
  }

  @Test
  void denoisingMnist() {
    Path picture = folder.resolve("filters.png");
    DenoisingMnist.Result result = DenoisingMnist.run(DrawnDigits.draw(500, 1), 2, picture);
    assertThat(result.lossAfter()).isLessThan(0.3 * result.lossBefore());
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void stackedMnist() throws IOException {
    StackedMnist.Result result = StackedMnist.run(digits(0, 1000), digits(1000, 1500), folder);
    assertThat(result.error()).isLessThan(0.25);
    assertThat(result.rmse()).isLessThan(0.25);
    assertThat(folder.resolve("reconstructions.png")).isNotEmptyFile();
  }

  @Test
  void anomalyDetection() throws IOException {
    AnomalyDetection.Result result = AnomalyDetection.run(2000, folder);
    assertThat(result.rocAuc()).isGreaterThan(0.8);
    assertThat(result.foundRight()).isGreaterThan(0.5);
  }

  @Test
  void missingCells() {
    MissingCells.Result result = MissingCells.run(2000, folder.resolve("filled.png"));
    assertThat(result.imputed()).isLessThan(0.8 * result.meanFilled());
    assertThat(folder.resolve("filled.png")).isNotEmptyFile();
  }

  @Test
  void resumableTraining() {
    ResumableTraining.Result first =
        ResumableTraining.run(digits(0, 300), digits(300, 800), folder);
    assertThat(first.resumed()).isFalse();
    ResumableTraining.Result again =
        ResumableTraining.run(digits(0, 300), digits(300, 800), folder);
    assertThat(again.resumed()).isTrue();
    assertThat(again.validationError()).isEqualTo(first.validationError());
  }

  @Test
  void ownCorruption() throws IOException {
    OwnCorruption.Result result = OwnCorruption.run(500, folder);
    assertThat(result.errorAfter()).isLessThan(0.6 * result.errorBefore());
    assertThat(folder.resolve("painted.png")).isNotEmptyFile();
  }

  @Test
  void marginalizedDenoising() throws IOException {
    MarginalizedDenoising.Result result =
        MarginalizedDenoising.run(digits(0, 600), digits(1100, 1600), folder);
    assertThat(result.featureError()).isLessThan(result.pixelError());
  }

  @Test
  void tableOfPeople() throws IOException {
    TableOfPeople.Result result = TableOfPeople.run(600, folder);
    assertThat(result.odd()).isGreaterThan(3 * result.usual());
    assertThat(result.column()).isIn("age", "job");
    assertThat(result.job()).isEqualTo("doctor");
  }

  @Test
  void stackOfPeople() throws IOException {
    StackOfPeople.Result result = StackOfPeople.run(600, folder);
    assertThat(result.odd()).isGreaterThan(3 * result.usual());
    assertThat(result.column()).isIn("age", "job", "salary");
    assertThat(result.codeLength()).isEqualTo(16);
  }

  /** An example is one file that one can copy: short, about the library, and by itself. */
  @Test
  void examplesCanBeCopied() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      List<Path> examples = files.filter(file -> file.toString().endsWith(".java")).toList();
      String others =
          examples.stream()
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.joining("|", ".*\\b(", ")\\.\\w+\\(.*"));
      assertThat(examples)
          .hasSizeGreaterThanOrEqualTo(7)
          .allSatisfy(
              file -> {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines).as("%s", file).noneMatch(line -> line.matches(others));
                assertThat(lines).as("%s", file).hasSizeLessThanOrEqualTo(100);
                assertThat(lines)
                    .filteredOn(line -> line.startsWith("import io.github.dae4j"))
                    .allMatch(
                        line ->
                            line.matches(
                                "import io\\.github\\.dae4j\\.(corruption|layer|stacked|datasets|report).*"));
              });
    }
  }
}
