package io.github.dae4j.cli.study;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.console.ExperimentOptions;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.RunPictures;
import io.github.dae4j.cli.study.Benchmark.BenchmarkReport;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.report.Png;
import io.github.dae4j.report.Section;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A benchmark from its configuration to its test error, beside the published one. */
public abstract class BenchmarkStudy implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG.yaml",
      defaultValue = "configs/${COMMAND-NAME}.yaml",
      description =
          "The configuration; configs/README.md lists all keys (default: ${DEFAULT-VALUE}).")
  private Path configuration;

  @Mixin private ExperimentOptions options;

  /** Rectangles, learnt by stacked denoising autoencoders. */
  @Command(
      name = "rectangles",
      description = {
        "Classifies rectangles as tall or wide.",
        "Images follow the procedure of Larochelle et al. (2007); the test error is shown beside"
            + " that of Vincent et al. (2010)."
      },
      sortOptions = false)
  public static final class Rectangles extends BenchmarkStudy {

    @Override
    Benchmark benchmark() {
      return Benchmark.RECTANGLES;
    }
  }

  /** Whether a white region is convex, learnt from 6,000 of them. */
  @Command(
      name = "convex",
      description = {
        "Classifies regions as convex or not.",
        "Images follow the procedure of Larochelle et al. (2007); the test error is shown beside"
            + " that of Vincent et al. (2010)."
      },
      sortOptions = false)
  public static final class Convex extends BenchmarkStudy {

    @Override
    Benchmark benchmark() {
      return Benchmark.CONVEX;
    }
  }

  abstract Benchmark benchmark();

  @Override
  public Integer call() throws IOException {
    ExperimentConfiguration read = options.read(configuration);
    if (!benchmark().fits(read)) {
      throw new DataException(
          "%s: %s needs the data source %2$s, and fine-tuning for classification"
              .formatted(configuration, benchmark().word()));
    }
    Experiment experiment = options.open(read);
    options.makeFolder();
    BenchmarkRun run = new BenchmarkRun(benchmark(), experiment);
    train(run, experiment);
    RunFiles folder = new RunFiles(options.output());
    run.stack().save(folder.model(), false); // whatever happens later
    try (Stages stages = options.stages()) {
      BenchmarkReport report = run.test(options.commandLine(), options.backend(), stages);
      RunPictures pictures = run.pictures();
      draw(run, pictures, folder);
      List<Section> sections = run.sections(report, pictures, stages);
      print(report);
      options.finish(title(experiment), report, read.toYaml(), sections);
    }
    return 0;
  }

  private static String title(Experiment experiment) {
    String name = experiment.digits().name();
    return name.substring(0, 1).toUpperCase(Locale.ROOT)
        + name.substring(1)
        + ": classification by a stack";
  }

  private void train(BenchmarkRun run, Experiment experiment) {
    try (TrainingProgress progress =
        new TrainingProgress(experiment.layers(), experiment.fineTuning(), options.console())) {
      run.train(List.of(progress));
    }
    options.addTimes(run.pretraining());
    FineTuningResult fineTuning = run.fineTuning();
    options.stages().times().add("fine-tuning", fineTuning.epochs().size(), fineTuning.seconds());
  }

  private void print(BenchmarkReport report) {
    options
        .console()
        .line(
            "best validation error %.2f %% of %d images, after epoch %d",
            100 * report.fineTuning().best().score(),
            report.validation(),
            report.fineTuning().best().epoch() + 1);
    options
        .console()
        .line(
            "test error %.2f %% of %d images; %.2f %% of the %d that are not in the training set",
            100 * report.test().error(),
            report.test().images(),
            100 * report.unknown().error(),
            report.unknown().images());
    options
        .console()
        .line(
            "published  %.2f %% +- %.2f, by Vincent et al. (2010), on their own 50000 images from the"
                + " same procedure",
            100 * report.published().error(), 100 * report.published().margin());
  }

  private static void draw(BenchmarkRun run, RunPictures pictures, RunFiles folder) {
    pictures.writeFilters(folder);
    Png.write(pictures.examples(), folder.path().resolve("reconstructions.png"));
    Png.write(run.examples(), folder.path().resolve("examples.png"));
  }
}
