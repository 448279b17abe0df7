package io.github.dae4j.benchmarks.vincent2010;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one recipe, as a configuration: three layers of rectified linear units, pretrained and
 * fine-tuned by Adam with dropout. Level of corruption, rate and width are what validation chooses.
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

  /**
   * What validation chooses.
   *
   * @param level of corruption, 0 where a variant has none
   * @param rate at which fine-tuning begins
   */
  record Settings(double level, double rate, int width) {

    Settings without() {
      return new Settings(0, rate, width);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "level-%s-rate-%s-width-%d", level, rate, width);
    }
  }

  /** Of the problem, as rows and files have it. */
  String name(Problem problem) {
    return problem.word() + (shared && problem.isOfPhotographs() ? "-shared-photos" : "");
  }

  String yaml(Problem problem, Variant variant, Settings settings, long seed) {
    String pretraining =
        variant == Variant.SCRATCH
            ? ""
            : """
              pretraining:
                epochs: %d
                batch: 100
                updater: {adam: 0.0005}
              """
                .formatted(pretrainingEpochs(problem));
    return """
        seed: %d
        data: %s
        stack:
          activation: relu
          initialization: relu
          layers:
        %s
        %sfine-tuning:
          epochs: %d
          batch: 100
          updater: {adam: {rate: {from: %s, to: %s, decay: linear}}}
          dropout: {input: 0.1, hidden: 0.4}
        """
        .formatted(
            seed,
            data(problem),
            layers(variant, settings),
            pretraining,
            fineTuningEpochs(problem),
            settings.rate(),
            settings.rate() / 100);
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
