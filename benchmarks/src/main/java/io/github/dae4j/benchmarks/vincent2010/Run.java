package io.github.dae4j.benchmarks.vincent2010;

import io.github.dae4j.benchmarks.vincent2010.Recipe.Settings;
import io.github.dae4j.benchmarks.vincent2010.Recipe.Variant;
import io.github.dae4j.cli.config.YamlReader;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.ExperimentRun;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.report.Png;
import io.github.dae4j.report.Report;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import io.github.dae4j.stacked.run.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One stack that is trained and tested, in a folder that holds its checkpoints until it is. */
record Run(Problem problem, Variant variant, Settings settings, long seed) {

  private static final int SHOWN = 12;

  /**
   * What came out.
   *
   * @param validationError the least one of fine-tuning, which chose the parameters
   * @param seconds of training, as the clock on the wall has them
   */
  record Outcome(
      String problem,
      String variant,
      Settings settings,
      long seed,
      double validationError,
      int validationImages,
      double testError,
      int testImages,
      double seconds) {}

  /** What came out before, or else does now. */
  Outcome outcome(Recipe recipe, Path folder) {
    Path known = folder.resolve(name(recipe) + ".json");
    if (Files.exists(known)) {
      return Report.read(known, Outcome.class);
    }
    Experiment experiment = experiment(recipe);
    RunFiles files = new RunFiles(folder.resolve(name(recipe)));
    try {
      Files.createDirectories(files.path());
      TrainingResult result = new ExperimentRun(experiment, files, List.of()).train();
      Outcome outcome = outcome(recipe, experiment, result);
      Report.write(outcome, known);
      delete(files.path());
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Experiment experiment(Recipe recipe) {
    String configuration = recipe.yaml(problem, variant, settings, seed);
    return Experiment.open(
        YamlReader.read(name(recipe), configuration, List.of()), ProgressListener.NONE);
  }

  /** Draws the first images that each problem trains on. */
  static void draw(List<Problem> problems, Recipe recipe, long seed, Path picture) {
    Map<String, INDArray> rows = new LinkedHashMap<>();
    for (Problem problem : problems) {
      Run run = new Run(problem, Variant.SAE, new Settings(0, 0.001, 1, Recipe.Units.RELU), seed);
      rows.put(problem.word(), run.experiment(recipe).digits().train().first(SHOWN).images());
    }
    Png.write(new ExampleRows(SHOWN, 28, 28).image(rows, 2), picture);
  }

  private Outcome outcome(Recipe recipe, Experiment experiment, TrainingResult result) {
    FineTuningResult fineTuning = result.fineTuning();
    return new Outcome(
        recipe.name(problem),
        variant.word(),
        settings,
        seed,
        fineTuning.best().score(),
        experiment.digits().validation().size(),
        TestResult.classification(result.stack(), experiment.digits().test(), ProgressListener.NONE)
            .error(),
        experiment.digits().test().size(),
        fineTuning.seconds()
            + result.pretraining().stream().mapToDouble(LayerResult::seconds).sum());
  }

  private String name(Recipe recipe) {
    return "%s-%s-%s-seed-%d".formatted(recipe.name(problem), variant.word(), settings, seed);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
