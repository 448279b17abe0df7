package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Three layers, pretrained and fine-tuned by many workers, tell digits as well as by one. */
@Tag("slow")
class DigitErrorTest {

  private static final int TRAINING = 50_000;
  private static final int[] LAYERS = {256, 256, 256};
  private static final int EPOCHS = 10;

  @Test
  void eightWorkersTellDigitsAsWellAsOne() {
    double one = error(1);
    assertThat(one).as("one machine").isLessThan(2.7);
    assertThat(error(8)).isLessThan(one + 0.15);
  }

  private static double error(int workers) {
    Rounds rounds = Rounds.of(workers, 20, TRAINING, 4L * Digits.PIXELS, 0, Double.NaN);
    return error(rounds, EPOCHS, EPOCHS, 1);
  }

  /** In percent of the test images. */
  private static double error(Rounds rounds, int epochs, int tuningEpochs, long seed) {
    StackedDenoisingAutoEncoder stack = stack(seed);
    float[][] images = Digits.images("train");
    int[] labels = Digits.labels("train");
    float[][] rows = new float[TRAINING][];
    for (int i = 0; i < TRAINING; i++) {
      rows[i] = Arrays.copyOf(images[i], Digits.PIXELS + 1);
      rows[i][Digits.PIXELS] = labels[i];
    }
    int[] each = new int[LAYERS.length];
    Arrays.fill(each, epochs);
    Workers workers = new LocalWorkers(Slice.of(rows, rounds.slices(), seed), new Slice[0]);
    new StackTraining(
            stack,
            new StackTraining.Plan(rounds, each, null, tuningEpochs, 10, seed),
            workers,
            new RoundTraining(
                workers,
                null,
                new RoundTraining.Observer() {
                  @Override
                  public void afterEpoch(Work work, StageState state) {
                    if (work instanceof TuningWork) {
                      stack.network().params().assign(Work.row(state.weights().weights()));
                      System.out.printf(
                          Locale.ROOT,
                          "%s, seed %d, epoch %d of fine-tuning: test error %.2f %%%n",
                          rounds,
                          seed,
                          state.moment().epoch(),
                          error(stack));
                    }
                  }
                }))
        .run();
    return error(stack);
  }

  private static StackedDenoisingAutoEncoder stack(long seed) {
    return StackedDenoisingAutoEncoder.builder(Digits.PIXELS, LAYERS)
        .corruption(new MaskingCorruption(0.3))
        .updater(new Sgd(0.1))
        .dataType(DataType.FLOAT)
        .seed(seed)
        .output(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  private static double error(StackedDenoisingAutoEncoder stack) {
    float[][] told = Slice.rows(stack.predict(Nd4j.createFromArray(Digits.images("t10k"))));
    int[] labels = Digits.labels("t10k");
    int wrong = 0;
    for (int i = 0; i < labels.length; i++) {
      wrong += TuningWork.best(told[i]) == labels[i] ? 0 : 1;
    }
    return 100.0 * wrong / labels.length;
  }

  /**
   * Prints test errors: arguments are workers,rounds,minibatch,momentum, epochs of each layer,
   * epochs of fine-tuning, seed.
   */
  public static void main(String[] arguments) {
    String[] parts = arguments[0].split(",");
    error(
        new Rounds(
            Integer.parseInt(parts[0]),
            Integer.parseInt(parts[1]),
            Integer.parseInt(parts[2]),
            Double.parseDouble(parts[3])),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]));
  }
}
