package io.github.dae4j.examples;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.report.ImageGrid;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.nio.file.Path;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Missing cells, in training and at use: NaN is left out of the loss, and filled afterwards.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=MissingCells}.
 */
public final class MissingCells {

  private MissingCells() {}

  /** The root mean square error of the filled pixels: by reconstruction, and by the mean image. */
  public record Result(double imputed, double meanFilled) {}

  public static void main(String[] args) {
    Result result = run(5000, Path.of("output/example-missing.png"));
    System.out.printf(
        "error of filled pixels: %.3f by reconstruction, %.3f by the mean%n",
        result.imputed(), result.meanFilled());
  }

  static Result run(int images, Path picture) {
    INDArray digits = DrawnDigits.draw(images, 1).images();
    INDArray withHoles = holes(digits, 0.1, 1);
    INDArray whole = DrawnDigits.draw(500, 2).images(); // not trained on

    INDArray otherWithHoles = holes(whole, 0.5, 2);
    // region impute
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(784, 300)
            .corruption(new MaskingCorruption(0.3))
            .missingAllowed(true) // NaN is a missing cell
            .updater(new Adam(0.001))
            .build();
    stack.pretrain(withHoles, 3);
    INDArray filled = stack.impute(otherWithHoles, 2); // two rounds
    // endregion

    ImageGrid.of("whole", whole).row("filled", filled).write(picture);
    INDArray mean = digits.mean(true, 0).broadcast(whole.shape());
    return new Result(error(whole, filled, otherWithHoles), error(whole, mean, otherWithHoles));
  }

  private static INDArray holes(INDArray images, double share, long seed) {
    Random random = new Random(seed);
    INDArray holes = images.dup();
    for (long i = 0; i < holes.length(); i++) {
      if (random.nextDouble() < share) {
        holes.putScalar(i, Float.NaN);
      }
    }
    return holes;
  }

  /** Over the missing cells alone. */
  private static double error(INDArray whole, INDArray filled, INDArray holes) {
    INDArray missing = holes.neq(holes).castTo(whole.dataType()); // NaN differs from itself
    INDArray squares = whole.sub(filled);
    squares.muli(squares).muli(missing);
    return Math.sqrt(squares.sumNumber().doubleValue() / missing.sumNumber().doubleValue());
  }
}
