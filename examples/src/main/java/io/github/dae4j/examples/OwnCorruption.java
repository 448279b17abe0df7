package io.github.dae4j.examples;

import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.report.ImageGrid;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A corruption of your own: a square of each image is blanked, and the autoencoder learns to paint
 * it in. It is saved with the model like the library's own.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=OwnCorruption}.
 */
public final class OwnCorruption {

  private static final int SIDE = DrawnDigits.SIDE;

  private OwnCorruption() {}

  // region corruption
  /** Sets a square of each image to 0, at a place drawn afresh each time. */
  public record BlankSquare(int size) implements Corruption {

    public BlankSquare {
      if (!(size >= 1 && size <= SIDE)) {
        throw new IllegalArgumentException("BlankSquare size must be in [1, 28], got " + size);
      }
    }

    @Override
    public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
      float[][] touched = new float[(int) clean.size(0)][SIDE * SIDE];
      for (float[] image : touched) {
        int top = random.nextInt(SIDE - size + 1);
        int left = random.nextInt(SIDE - size + 1);
        for (int row = top; row < top + size; row++) {
          Arrays.fill(image, row * SIDE + left, row * SIDE + left + size, 1);
        }
      }
      INDArray mask = Nd4j.createFromArray(touched).castTo(clean.dataType());
      return new Corrupted(clean.sub(clean.mul(mask)), mask);
    }
  }

  // endregion

  /** The root mean square error of painted images, before and after training. */
  public record Result(double errorBefore, double errorAfter) {}

  public static void main(String[] args) throws IOException {
    Result result = run(3000, Path.of("output/example-own-corruption"));
    System.out.printf(
        "error of painted images: %.3f before, %.3f after training%n",
        result.errorBefore(), result.errorAfter());
  }

  static Result run(int images, Path folder) throws IOException {
    INDArray digits = DrawnDigits.draw(images, 1).images();
    INDArray clean = DrawnDigits.draw(200, 2).images();
    INDArray blanked =
        new BlankSquare(8)
            .corrupt(clean, Nd4j.getRandomFactory().getNewRandomInstance(3), 0, 0)
            .values();

    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(SIDE * SIDE, 300)
            .corruption(new BlankSquare(8))
            .updater(new Adam(0.002))
            .seed(1)
            .build();
    double before = error(stack.reconstruct(blanked), clean);
    stack.pretrain(digits, 5);

    Files.createDirectories(folder);
    stack.save(folder.resolve("model.zip"), false);
    INDArray painted =
        StackedDenoisingAutoEncoder.load(folder.resolve("model.zip")).reconstruct(blanked);
    ImageGrid.of("clean", clean)
        .row("blanked", blanked)
        .row("painted", painted)
        .write(folder.resolve("painted.png"));
    return new Result(before, error(painted, clean));
  }

  private static double error(INDArray x, INDArray clean) {
    return Math.sqrt(x.squaredDistance(clean) / clean.length());
  }
}
