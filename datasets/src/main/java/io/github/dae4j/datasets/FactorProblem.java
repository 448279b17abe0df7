package io.github.dae4j.datasets;

import io.github.dae4j.datasets.DigitVariations.Background;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The eight problems of Larochelle, Erhan, Courville, Bergstra and Bengio (2007), An empirical
 * evaluation of deep architectures on problems with many factors of variation: generated afresh by
 * their procedures, in their sizes or smaller ones.
 *
 * <p>Which digit is in which set does not depend on the seed: all digits, those for training before
 * those for tests, are shuffled once; the first are for training, the next for validation, and the
 * last ones for the test. No digit is in two sets. Angles, backgrounds and shapes follow from the
 * seed, the same bits on every machine.
 */
public enum FactorProblem {
  /** Digits as they are. */
  BASIC(true, false, Sizes.OF_DIGITS),
  /** Digits turned by any angle. */
  ROT(true, false, Sizes.OF_DIGITS),
  /** Digits on noise. */
  BG_RAND(true, false, Sizes.OF_DIGITS),
  /** Digits on patches of photographs. */
  BG_IMG(true, true, Sizes.OF_DIGITS),
  /** Turned digits on patches of photographs. */
  BG_IMG_ROT(true, true, Sizes.OF_DIGITS),
  /** Outlines of tall or wide rectangles. */
  RECTANGLES(false, false, new Sizes(1000, 200, 50_000)),
  /** Tall or wide patches of a photograph on others. */
  RECT_IMG(false, true, Sizes.OF_DIGITS),
  /** White regions that are convex or not. */
  CONVEX(false, false, new Sizes(6000, 2000, 50_000));

  private static final long ORDER = 2007; // of digits, whatever the seed
  private static final int CLASSES = 10;

  private final boolean ofDigits;
  private final boolean ofPhotographs;
  private final Sizes sizes;

  FactorProblem(boolean ofDigits, boolean ofPhotographs, Sizes sizes) {
    this.ofDigits = ofDigits;
    this.ofPhotographs = ofPhotographs;
    this.sizes = sizes;
  }

  /**
   * How many images each set has.
   *
   * @param train to learn from
   * @param validation to choose by
   * @param test to judge by
   */
  public record Sizes(int train, int validation, int test) {

    static final Sizes OF_DIGITS = new Sizes(10_000, 2000, 50_000);

    public Sizes {
      if (train < 1 || validation < 0 || test < 1) {
        throw new IllegalArgumentException(
            "FactorProblem sizes must be at least 1, 0 and 1, got %d, %d and %d"
                .formatted(train, validation, test));
      }
    }

    /** Those of all sets. */
    public int all() {
      return Math.addExact(Math.addExact(train, validation), test);
    }
  }

  /** As in the paper's tables and in configurations: {@code bg-img-rot}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Those of the paper. */
  public Sizes sizes() {
    return sizes;
  }

  /** Whether images show digits. */
  public boolean isOfDigits() {
    return ofDigits;
  }

  /** Whether images show patches of photographs. */
  public boolean isOfPhotographs() {
    return ofPhotographs;
  }

  /**
   * Draws the three sets.
   *
   * @param digits of 28 x 28 pixels, in one or several sets of ten classes; not used unless {@link
   *     #isOfDigits}
   * @param photographs null unless {@link #isOfPhotographs}
   * @param seed of all but the choice of digits
   * @throws DataException if there are fewer digits
   */
  public Splits draw(
      Sizes wanted,
      List<ImageSet> digits,
      PhotographPatches photographs,
      long seed,
      ProgressListener progress) {
    if (ofDigits) {
      return new Variation(wanted, digits, photographs, seed, progress).splits();
    }
    int testFrom = wanted.train() + wanted.validation();
    ImageSet all =
        switch (this) {
          case RECTANGLES -> RectangleImages.draw(wanted.all(), seed, progress);
          case CONVEX -> ConvexImages.draw(wanted.all(), seed, progress);
          default -> {
            PhotographPatches forTraining = photographs.forTraining();
            PhotographPatches forTest = photographs.forTest();
            yield RectangleImages.ofPatches(
                wanted.all(), i -> i < testFrom ? forTraining : forTest, seed, progress);
          }
        };
    return new Splits(
        word(),
        all.first(wanted.train()),
        wanted.validation() == 0 ? null : all.range(wanted.train(), testFrom),
        all.range(testFrom, wanted.all()));
  }

  /** Digits that are made harder. */
  private final class Variation {

    private final Sizes wanted;
    private final List<ImageSet> digits;
    private final PhotographPatches photographs;
    private final long seed;
    private final ProgressListener progress;
    private final List<Integer> order;
    private int done;

    Variation(
        Sizes wanted,
        List<ImageSet> digits,
        PhotographPatches photographs,
        long seed,
        ProgressListener progress) {
      this.wanted = wanted;
      this.digits = digits;
      this.photographs = photographs;
      this.seed = seed;
      this.progress = progress;
      int known = digits.stream().mapToInt(ImageSet::size).sum();
      if (wanted.all() > known) {
        throw new DataException(
            "%s must be of at most the %d digits that there are, got %d"
                .formatted(word(), known, wanted.all()));
      }
      order = new ArrayList<>(IntStream.range(0, known).boxed().toList());
      Collections.shuffle(order, new Random(ORDER)); // its sequence is part of Java's specification
    }

    Splits splits() {
      int testFrom = order.size() - wanted.test();
      return new Splits(
          word(),
          set(0, wanted.train(), background(true)),
          wanted.validation() == 0
              ? null
              : set(wanted.train(), wanted.validation(), background(true)),
          set(testFrom, wanted.test(), background(false)));
    }

    private Background background(boolean forTraining) {
      if (ofPhotographs) {
        return (forTraining ? photographs.forTraining() : photographs.forTest())::draw;
      }
      return FactorProblem.this == BG_RAND ? Background.NOISE : Background.BLACK;
    }

    private ImageSet set(int from, int count, Background background) {
      GreyImages images = new GreyImages(word(), count, CLASSES);
      for (int i = from; i < from + count; i++) {
        int digit = order.get(i);
        ImageSet source = digits.get(0);
        for (int next = 1; digit >= source.size(); next++) {
          digit -= source.size();
          source = digits.get(next);
        }
        images.add(
            DigitVariations.draw(
                source.images().getRow(digit).toFloatVector(),
                FactorProblem.this == ROT || FactorProblem.this == BG_IMG_ROT,
                background,
                ImageRandom.of(seed, i)),
            source.labels()[digit]);
        progress.update("Drawing " + word(), ++done, wanted.all());
      }
      return images.set();
    }
  }
}
