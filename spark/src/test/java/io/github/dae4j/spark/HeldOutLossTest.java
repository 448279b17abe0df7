package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.LocalSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * What many workers learn is as good as what one learns: the denoising loss on 10,000 MNIST digits
 * that nobody trains on, after 1, 3 and 5 epochs of a layer of 500 units.
 *
 * <p>At this rate the loss of one machine jumps by up to a dozen nats and is down again a round
 * later. So a loss is the median over seeds and the last rounds of an epoch.
 */
@Tag("slow")
class HeldOutLossTest {

  private static final int PIXELS = Digits.PIXELS;
  private static final int TRAINING = 50_000;
  private static final int EPOCHS = 5;
  private static final int SEEDS = 3;
  private static final int LAST_ROUNDS = 3;

  private static final Map<Rounds, List<Double>> KNOWN = new HashMap<>();

  private static float[][] train;
  private static float[][] held;

  @BeforeAll
  static void read() {
    float[][] all = Digits.images("train");
    train = Arrays.copyOfRange(all, 0, TRAINING);
    held = Arrays.copyOfRange(all, TRAINING, all.length);
  }

  @Test
  void theRuleKeepsWhatOneMachineLearns() {
    List<Double> one = losses(rounds(1));
    assertNear(one, losses(rounds(2)), 0.5);
    assertNear(one, losses(rounds(8)), 1.0);
    List<Double> plain = losses(new Rounds(8, 5, 20, 0));
    assertThat(plain.get(4)).as("plain averaging").isGreaterThan(one.get(4) + 5);
  }

  @Test
  void upTo32WorkersLoseLessThanANat() {
    List<Double> one = losses(rounds(1));
    for (int workers : new int[] {16, 32}) {
      assertThat(losses(rounds(workers)).get(4))
          .as("%d workers", workers)
          .isLessThan(one.get(4) + 1);
    }
  }

  private static void assertNear(List<Double> one, List<Double> many, double nats) {
    for (int epoch : new int[] {0, 2, 4}) {
      assertThat(many.get(epoch)).as("epoch %d", epoch + 1).isLessThan(one.get(epoch) + nats);
    }
  }

  private static Rounds rounds(int workers) {
    return Rounds.of(workers, 20, TRAINING, 4L * PIXELS, 0, Double.NaN);
  }

  /** After each of five epochs; the masks of held-out rows are the same for all. */
  private static List<Double> losses(Rounds rounds) {
    return KNOWN.computeIfAbsent(rounds, each -> losses(each, EPOCHS, SEEDS));
  }

  private static List<Double> losses(Rounds rounds, int epochs, int seeds) {
    List<List<Double>> all = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      all.add(losses(rounds, epochs, (long) seed));
    }
    List<Double> medians = new ArrayList<>();
    int each = all.get(0).size() / epochs;
    for (int epoch = 0; epoch < epochs; epoch++) {
      int from = epoch * each;
      medians.add(
          median(all.stream().flatMap(one -> one.subList(from, from + each).stream()).toList()));
    }
    System.out.printf(Locale.ROOT, "%s, medians: %s%n", rounds, text(medians));
    return medians;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static String text(List<Double> losses) {
    return losses.stream().map("%.2f"::formatted).collect(Collectors.joining(" "));
  }

  /** After the last rounds of each epoch. */
  private static List<Double> losses(Rounds rounds, int epochs, long seed) {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(PIXELS, 500)
            .corruption(new MaskingCorruption(0.3))
            .updater(new Sgd(0.1))
            .dataType(DataType.FLOAT)
            .seed(seed)
            .build();
    Slice[] slices = Slice.of(train, rounds.slices(), seed);
    Workers workers = new LocalWorkers(slices, new Slice[0]);
    List<Double> losses = new ArrayList<>();
    RoundTraining.Observer observer =
        new RoundTraining.Observer() {
          @Override
          public void after(Work work, StageState state) {
            if (state.moment().round() > rounds.perEpoch() - LAST_ROUNDS) {
              losses.add(heldOut(work, state.weights().weights()));
            }
          }
        };
    new StackTraining(
            stack,
            new StackTraining.Plan(rounds, new int[] {epochs}, null, 0, 0, seed),
            workers,
            new RoundTraining(workers, null, observer))
        .run();
    System.out.printf(Locale.ROOT, "%s, seed %d: %s%n", rounds, seed, text(losses));
    return losses;
  }

  private static double heldOut(Work work, float[] weights) {
    try (LocalSteps steps = LocalSteps.of(work.network(weights))) {
      return steps.error(Nd4j.createFromArray(held), 99) / held.length;
    }
  }

  /**
   * Prints losses: arguments are workers, or workers,rounds,minibatch,momentum; system properties
   * epochs and seeds.
   */
  public static void main(String[] arguments) {
    read();
    for (String argument : arguments) {
      String[] parts = argument.split(",");
      Rounds rounds =
          parts.length == 1
              ? rounds(Integer.parseInt(parts[0]))
              : new Rounds(
                  Integer.parseInt(parts[0]),
                  Integer.parseInt(parts[1]),
                  Integer.parseInt(parts[2]),
                  Double.parseDouble(parts[3]));
      losses(rounds, Integer.getInteger("epochs", EPOCHS), Integer.getInteger("seeds", SEEDS));
    }
  }
}
