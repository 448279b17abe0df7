package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Form.FlagForm;
import io.github.dae4j.cli.config.Form.ListForm;
import io.github.dae4j.cli.config.Form.PathForm;
import io.github.dae4j.cli.config.Form.WordForm;
import io.github.dae4j.cli.config.KeyedForm.Kind;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.datasets.FactorProblem;
import io.github.dae4j.datasets.FactorProblem.Sizes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The images of a run. */
public sealed interface ImageData extends DataConfiguration {

  KeyedForm<ImageData> FORM =
      new KeyedForm<>(
          ImageData.class,
          List.of(
              new Kind<>("source", BuiltIn.class, BuiltIn.FORM),
              new Kind<>("problem", Factors.class, Factors.FORM),
              new Kind<>("images", Files.class, Files.FORM),
              new Kind<>("idx", Idx.class, Idx.FORM)),
          List.of("table", "jdbc"));

  /** Training images that fine-tuning sees with their labels; null for all. */
  Integer labels();

  /** Whether these are as many of each class as can be, drawn by the seed, and not the first. */
  boolean balanced();

  /** Whether images choose the best parameters; if not, training keeps the last. */
  boolean isValidated();

  /**
   * Images that this program knows; of each set the first ones.
   *
   * @param directory of the files, null for the usual one; of MNIST only
   * @param train images that pretraining sees
   * @param validation images behind those for training, the last ones there are; 0 for none
   * @param test images that no training sees
   */
  record BuiltIn(
      Source source,
      Path directory,
      int train,
      int validation,
      int test,
      Integer labels,
      boolean balanced)
      implements ImageData {

    /** Where images come from. */
    public enum Source {
      /** Handwritten digits, of LeCun, Cortes and Burges (1998). */
      MNIST,
      /** Digits that the program draws. */
      DRAWN,
      /** Outlines of tall and wide rectangles, after Larochelle et al. (2007). */
      RECTANGLES,
      /** Regions that are convex or not, after the same. */
      CONVEX
    }

    private static final int MNIST_TRAINING_FILE = 60_000;
    private static final int MNIST_TEST_FILE = 10_000;

    static final RecordForm<BuiltIn> FORM =
        RecordForm.of(
            BuiltIn.class,
            Key.required("source", WordForm.of(Source.values())),
            Key.optional("directory", new PathForm()),
            Key.withDefault("train", NumberForm.whole(Interval.COUNT), 50_000),
            Key.withDefault("validation", NumberForm.whole(Interval.COUNT_OR_NONE), 10_000),
            Key.withDefault("test", NumberForm.whole(Interval.COUNT), 10_000),
            Key.optional("labels", NumberForm.whole(Interval.COUNT)),
            Key.withDefault("balanced", new FlagForm(), false));

    public BuiltIn {
      FORM.check(source, directory, train, validation, test, labels, balanced);
      if (source == Source.MNIST) {
        int forTraining = MNIST_TRAINING_FILE - validation;
        FORM.require(
            validation < MNIST_TRAINING_FILE, "validation", "< " + MNIST_TRAINING_FILE, validation);
        FORM.require(
            train <= forTraining,
            "train",
            "<= %d, which %d for validation leave of MNIST".formatted(forTraining, validation),
            train);
        FORM.require(test <= MNIST_TEST_FILE, "test", "<= " + MNIST_TEST_FILE + " for MNIST", test);
      } else {
        FORM.require(
            directory == null, "directory", "left out unless the source is mnist", directory);
      }
      FORM.require(
          labels == null || labels <= train, "labels", "<= train, which is " + train, labels);
    }

    @Override
    public boolean isValidated() {
      return validation > 0;
    }

    @Override
    public List<Location> locations() {
      return directory == null ? List.of() : List.of(new Location("directory", directory));
    }
  }

  /**
   * A problem of Larochelle et al. (2007), generated afresh.
   *
   * @param digits what digits are made of
   * @param directory of MNIST's files, null for the usual one
   * @param photos a folder of photographs for backgrounds
   * @param sharedPhotos whether all of them are for training and for tests; if not, every second
   *     one is for tests alone
   * @param train null for the paper's number, as with the others
   * @param validation 0 for none
   */
  record Factors(
      FactorProblem problem,
      Digits digits,
      Path directory,
      Path photos,
      boolean sharedPhotos,
      Integer train,
      Integer validation,
      Integer test,
      Integer labels,
      boolean balanced)
      implements ImageData {

    /** Where digits come from. */
    public enum Digits {
      /** All 70,000 of both of its parts. */
      MNIST,
      /** The program draws them. */
      DRAWN
    }

    static final RecordForm<Factors> FORM =
        RecordForm.of(
            Factors.class,
            Key.required("problem", WordForm.of(FactorProblem.values())),
            Key.withDefault("digits", WordForm.of(Digits.values()), Digits.MNIST),
            Key.optional("directory", new PathForm()),
            Key.optional("photos", new PathForm()),
            Key.withDefault("shared-photos", new FlagForm(), false),
            Key.optional("train", NumberForm.whole(Interval.COUNT)),
            Key.optional("validation", NumberForm.whole(Interval.COUNT_OR_NONE)),
            Key.optional("test", NumberForm.whole(Interval.COUNT)),
            Key.optional("labels", NumberForm.whole(Interval.COUNT)),
            Key.withDefault("balanced", new FlagForm(), false));

    public Factors {
      FORM.check(
          problem,
          digits,
          directory,
          photos,
          sharedPhotos,
          train,
          validation,
          test,
          labels,
          balanced);
      FORM.require(
          directory == null || problem.isOfDigits() && digits == Digits.MNIST,
          "directory",
          "left out unless the problem is of MNIST's digits",
          directory);
      FORM.require(
          photos != null || !problem.isOfPhotographs(),
          "photos",
          "a folder of photographs for " + problem.word(),
          "nothing");
      FORM.require(
          photos == null || problem.isOfPhotographs(),
          "photos",
          "left out for " + problem.word(),
          photos);
      FORM.require(
          !sharedPhotos || problem.isOfPhotographs(),
          "shared-photos",
          "left out for " + problem.word(),
          sharedPhotos);
      Sizes most = problem.sizes();
      requireAtMost("train", train, most.train());
      requireAtMost("validation", validation, most.validation());
      requireAtMost("test", test, most.test());
      int trained = train == null ? most.train() : train;
      FORM.require(
          labels == null || labels <= trained, "labels", "<= train, which is " + trained, labels);
    }

    private static void requireAtMost(String key, Integer value, int most) {
      FORM.require(
          value == null || value <= most, key, "<= %d, the paper's".formatted(most), value);
    }

    /** How many images there are to be. */
    public Sizes sizes() {
      Sizes most = problem.sizes();
      return new Sizes(
          train == null ? most.train() : train,
          validation == null ? most.validation() : validation,
          test == null ? most.test() : test);
    }

    @Override
    public boolean isValidated() {
      return sizes().validation() > 0;
    }

    @Override
    public List<Location> locations() {
      List<Location> locations = new ArrayList<>();
      if (photos != null) {
        locations.add(new Location("photos", photos));
      }
      if (directory != null) {
        locations.add(new Location("directory", directory));
      }
      return locations;
    }
  }

  /** Images of the user's own, of which shares are held out. */
  sealed interface Own extends ImageData permits Files, Idx {

    /** The share that no training sees, where neither the folder nor the configuration says it. */
    double TEST = 0.1;

    /** The share that chooses the best parameters. */
    double holdOut();

    /** The share that no training sees; null for the folder's own test images. */
    Double test();

    /** Without a share of their own those that training sees choose. */
    @Override
    default boolean isValidated() {
      return true;
    }
  }

  /**
   * A folder of pictures, whose sub-folders are classes, or a NumPy file.
   *
   * @param images the folder or file
   * @param size height and width to which pictures are scaled; null for those of the first
   * @param color whether all are taken in colour; null for what the first is
   */
  record Files(
      Path images,
      List<Integer> size,
      Boolean color,
      double holdOut,
      Double test,
      Integer labels,
      boolean balanced)
      implements Own {

    static final RecordForm<Files> FORM =
        RecordForm.of(
            Files.class,
            Key.required("images", new PathForm()),
            Key.optional("size", ListForm.ofSome(NumberForm.whole(Interval.COUNT))),
            Key.optional("color", new FlagForm()),
            Key.withDefault("hold-out", NumberForm.decimal(Interval.BELOW_ONE), 0.1),
            Key.withDefault("test", NumberForm.decimal(Interval.BELOW_ONE), TEST),
            Key.optional("labels", NumberForm.whole(Interval.COUNT)),
            Key.withDefault("balanced", new FlagForm(), false));

    public Files {
      FORM.check(images, size, color, holdOut, test, labels, balanced);
      FORM.require(size == null || size.size() == 2, "size", "height and width, as [32, 32]", size);
      FORM.require(holdOut + test < 1, "hold-out", "< 1 together with test", holdOut);
      size = size == null ? null : List.copyOf(size);
    }

    @Override
    public List<Location> locations() {
      return List.of(new Location("images", images));
    }
  }

  /**
   * A folder of images in the IDX format, as MNIST's files are.
   *
   * @param idx the folder
   */
  record Idx(Path idx, double holdOut, Double test, Integer labels, boolean balanced)
      implements Own {

    static final RecordForm<Idx> FORM =
        RecordForm.of(
            Idx.class,
            Key.required("idx", new PathForm()),
            Key.withDefault("hold-out", NumberForm.decimal(Interval.BELOW_ONE), 0.1),
            Key.optional("test", NumberForm.decimal(Interval.BELOW_ONE)),
            Key.optional("labels", NumberForm.whole(Interval.COUNT)),
            Key.withDefault("balanced", new FlagForm(), false));

    public Idx {
      FORM.check(idx, holdOut, test, labels, balanced);
      FORM.require(
          test == null || holdOut + test < 1, "hold-out", "< 1 together with test", holdOut);
    }

    @Override
    public List<Location> locations() {
      return List.of(new Location("idx", idx));
    }
  }
}
