package io.github.dae4j.cli.study;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.console.ExperimentOptions;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.experiment.Benchmark;
import io.github.dae4j.cli.experiment.Benchmark.BenchmarkReport;
import io.github.dae4j.cli.experiment.BenchmarkRun;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.RunDirectory;
import io.github.dae4j.cli.experiment.RunPictures;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.report.Png;
import io.github.dae4j.report.Section;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A benchmark from its configuration to its test error, beside the published one. */
record BenchmarkExample(Benchmark benchmark, ExperimentOptions options) {

  /** Trains, and writes model, pictures and report. */
  int run(Path configuration) throws IOException {
    ExperimentConfiguration read = options.read(configuration);
    if (!benchmark.fits(read)) {
      throw new DataException(
          "%s: %s needs the data source %2$s, and fine-tuning for classification"
              .formatted(configuration, benchmark.word()));
    }
    Experiment experiment = options.open(read);
    options.makeFolder();
    BenchmarkRun run = new BenchmarkRun(benchmark, experiment);
    train(run, experiment);
    try (Stages stages = options.stages()) {
      BenchmarkReport report = run.test(options.commandLine(), options.backend(), stages);
      RunPictures pictures = run.pictures();
      write(run, pictures);
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
        + " told apart by a stack";
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
            "test error %.2f %% of %d images; %.2f %% of the %d that are not among those to train on",
            100 * report.test().error(),
            report.test().images(),
            100 * report.unknown().error(),
            report.unknown().images());
    options
        .console()
        .line(
            "published  %.2f %% +- %.2f, by Vincent et al. (2010), of 50000 images that were generated"
                + " in the same way, but are others",
            100 * report.published().error(), 100 * report.published().margin());
  }

  private void write(BenchmarkRun run, RunPictures pictures) throws IOException {
    RunDirectory folder = new RunDirectory(options.output());
    run.stack().save(folder.model(), false);
    pictures.writeFilters(folder);
    Png.write(pictures.examples(), folder.path().resolve("reconstructions.png"));
    Png.write(run.examples(), folder.path().resolve("examples.png"));
  }
}
