package io.github.dae4j.benchmarks.vincent2010;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one recipe, as a configuration: three layers, pretrained, then fine-tuned with dropout. Level
 * of corruption, width and kind of units, with what trains these, are what validation chooses.
 *
 * @param mnist the folder of MNIST's files; null for digits that the program draws
 * @param photos null if no problem needs them
 * @param shared whether all photographs are for training and for tests
 * @param quick a reduced form: fewer images, units and epochs
 */
record Recipe(Path mnist, Path photos, boolean shared, boolean quick) {

  /** What stands beside the denoising stack, so that one sees what each part buys. */
  enum Variant {
    /** Masking in all layers: the stack of denoising autoencoders. */
    SDAE,
    /** Pretrained without corruption: ordinary autoencoders. */
    SAE,
    /** Not pretrained. */
    SCRATCH,
    /** Salt-and-pepper, where corrupted cells alone count. */
    EMPHASIS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isCorrupted() {
      return this == SDAE || this == EMPHASIS;
    }
  }

  /** Of all layers, and how they are trained. */
  enum Units {
    /** Rectified linear, by Adam: ten epochs of pretraining. */
    RELU("relu\n  initialization: relu", 1, 1, 100, "{adam: 0.0005}", "{input: 0.1, hidden: 0.4}"),
    /** Sigmoid, by gradient descent in minibatches of 20: 300 epochs of pretraining, then 60. */
    SIGMOID("sigmoid", 30, 2, 20, "{sgd: 0.05}", "{input: 0, hidden: 0.3}");

    private final String activation;
    private final int pretraining; // times as many epochs
    private final int fineTuning; // times as many epochs
    private final int batch;
    private final String updater; // of pretraining
    private final String dropout;

    Units(
        String activation,
        int pretraining,
        int fineTuning,
        int batch,
        String updater,
        String dropout) {
      this.activation = activation;
      this.pretraining = pretraining;
      this.fineTuning = fineTuning;
      this.batch = batch;
      this.updater = updater;
      this.dropout = dropout;
    }

    /** Of fine-tuning, whose rate falls to a hundredth; rectified units begin at this one. */
    String updater(double rate) {
      return this == SIGMOID
          ? "{sgd: {rate: {from: 0.1, to: 0.001, decay: linear}}}"
          : "{adam: {rate: {from: %s, to: %s, decay: linear}}}".formatted(rate, rate / 100);
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What validation chooses.
   *
   * @param level of corruption, 0 where a variant has none
   * @param rate at which fine-tuning of rectified linear units begins
   * @param units null in files of earlier runs, whose units were rectified
   */
  record Settings(double level, double rate, int width, Units units) {

    Settings {
      units = units == null ? Units.RELU : units;
    }

    Settings without() {
      return new Settings(0, rate, width, units);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "level-%s-rate-%s-width-%d", level, rate, width)
          + (units == Units.RELU ? "" : "-" + units.word());
    }
  }

  /** Of the problem, as rows and files have it. */
  String name(Problem problem) {
    return problem.word() + (shared && problem.isOfPhotographs() ? "-shared-photos" : "");
  }

  String yaml(Problem problem, Variant variant, Settings settings, long seed) {
    Units units = settings.units();
    String pretraining =
        variant == Variant.SCRATCH
            ? ""
            : """
              pretraining:
                epochs: %d
                batch: %d
                updater: %s
              """
                .formatted(
                    pretrainingEpochs(problem) * units.pretraining, units.batch, units.updater);
    return """
        seed: %d
        data: %s
        stack:
          activation: %s
          layers:
        %s
        %sfine-tuning:
          epochs: %d
          batch: %d
          updater: %s
          dropout: %s
        """
        .formatted(
            seed,
            data(problem),
            units.activation,
            layers(variant, settings),
            pretraining,
            fineTuningEpochs(problem) * units.fineTuning,
            units.batch,
            units.updater(settings.rate()),
            units.dropout);
  }

  private String layers(Variant variant, Settings settings) {
    String corruption =
        switch (variant) {
          case SDAE -> ", corruption: {masking: %s}".formatted(settings.level());
          case EMPHASIS ->
              ", corruption: {salt-and-pepper: %s}, emphasis: {corrupted: 1, untouched: 0}"
                  .formatted(settings.level());
          case SAE, SCRATCH -> "";
        };
    return Stream.generate(() -> "    - {units: %d%s}".formatted(settings.width(), corruption))
        .limit(3)
        .collect(Collectors.joining("\n"));
  }

  private int pretrainingEpochs(Problem problem) {
    if (quick) {
      return 8;
    }
    return problem == Problem.RECTANGLES ? 30 : 10;
  }

  private int fineTuningEpochs(Problem problem) {
    if (quick) {
      return 12;
    }
    return problem == Problem.RECTANGLES ? 60 : 30;
  }

  private String data(Problem problem) {
    String digits =
        !problem.isOfDigits() ? "" : mnist == null ? ", digits: drawn" : named("directory", mnist);
    if (problem.generated().isEmpty()) {
      return "{source: %s%s%s}"
          .formatted(
              mnist == null ? "drawn" : "mnist",
              mnist == null ? "" : named("directory", mnist),
              quick ? ", train: 1000, validation: 500, test: 2000" : "");
    }
    return "{problem: %s%s%s%s}"
        .formatted(
            problem.word(),
            digits,
            problem.isOfPhotographs()
                ? named("photos", photos) + (shared ? ", shared-photos: true" : "")
                : "",
            quick ? ", train: 1000, validation: 200, test: 2000" : "");
  }

  private static String named(String key, Path path) {
    return ", %s: '%s'".formatted(key, path.toString().replace("'", "''"));
  }
}
