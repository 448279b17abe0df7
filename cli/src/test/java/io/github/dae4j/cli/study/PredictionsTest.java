package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.cli.config.YamlReader;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.cli.study.Benchmark.BenchmarkReport.Errors;
import io.github.dae4j.cli.study.BenchmarkRun.KnownImages;
import io.github.dae4j.cli.study.BenchmarkRun.Predictions;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ImageShape;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.RectangleImages;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PredictionsTest {

  private static final INDArray IMAGES =
      Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}, {1, 1}, {0.5f, 0}});
  private static final ImageSet FOUR = set(IMAGES, 0, 1, 1, 0);

  private static ImageSet set(INDArray images, int... labels) {
    return new ImageSet(images, ImageShape.grey(1, 2), labels, List.of("0", "1"));
  }

  @Test
  void errorsAreTheShareThatIsMistaken() {
    Predictions predictions = new Predictions(FOUR, new int[] {0, 0, 1, 1});
    assertThat(predictions.errors(i -> true)).isEqualTo(new Errors(4, 0.5));
    assertThat(predictions.errors(i -> i < 3)).isEqualTo(new Errors(3, 1 / 3.0));
    assertThat(predictions.errors(i -> false)).isEqualTo(new Errors(0, Double.NaN));
    assertThat(predictions.indices(predictions::isMistaken)).containsExactly(1, 3);
    assertThat(new Predictions(FOUR, new int[] {0, 0, 1, 0}).confusion())
        .isDeepEqualTo(new int[][] {{2, 0}, {1, 1}});
    assertThat(predictions.image(3).toFloatVector()).containsExactly(0.5f, 0);
  }

  @Test
  void imagesAreKnownByAllTheirPixels() {
    KnownImages known = new KnownImages(FOUR.first(2));
    INDArray others = Nd4j.createFromArray(new float[][] {{1, 0}, {1, 1e-6f}, {0, 0}, {0, 1}});
    var isNew = known.notAmong(set(others, 0, 0, 0, 0));
    assertThat(List.of(isNew.test(0), isNew.test(1), isNew.test(2), isNew.test(3)))
        .containsExactly(false, true, true, false);
  }

  /** More than one minibatch, beside DL4J's own count. */
  @Test
  void takesForEachImageTheMostProbableClass() {
    StackedDenoisingAutoEncoder stack =
        YamlReader.read(
                "test",
                "{data: {source: rectangles}, stack: {layers: [{units: 5}]},"
                    + " fine-tuning: {epochs: 1}}",
                List.of())
            .newStack(784, 2);
    ImageSet images = RectangleImages.draw(600, 1);
    Predictions predictions = Predictions.of(stack, images, ProgressListener.NONE);
    assertThat(predictions.taken()).contains(0, 1);
    assertThat(predictions.errors(i -> true).error())
        .isCloseTo(
            TestResult.of(stack, images, ProgressListener.NONE).classification().error(),
            within(1e-9));
  }
}
