package io.github.dae4j.examples;

import io.github.dae4j.examples.backend.Backends;
import io.github.dae4j.examples.cli.BenchmarkOptions;
import io.github.dae4j.examples.cli.TrainingProgress;
import io.github.dae4j.examples.data.DataException;
import io.github.dae4j.examples.experiment.Benchmark;
import io.github.dae4j.examples.experiment.BenchmarkReport;
import io.github.dae4j.examples.experiment.BenchmarkRun;
import io.github.dae4j.examples.experiment.Experiment;
import io.github.dae4j.examples.output.Report;
import io.github.dae4j.examples.output.WholeFile;
import io.github.dae4j.examples.plot.FilterTiles;
import io.github.dae4j.examples.plot.Png;
import io.github.dae4j.stacked.config.ExperimentConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A benchmark from its configuration to its test error, beside the published one. */
record BenchmarkExample(Benchmark benchmark, BenchmarkOptions options) {

  /** Trains, and writes model, pictures and report. */
  int run(Path configuration) throws IOException {
    ExperimentConfiguration read = options.read(configuration);
    if (!benchmark.fits(read)) {
      throw new DataException(
          "%s: %s needs the data source %2$s, and fine-tuning for classification"
              .formatted(configuration, benchmark.word()));
    }
    String backend = Backends.startQuietly(options.threads(read));
    Experiment experiment = Experiment.open(read, (file, bytes, total) -> {});
    WholeFile.requireFolder(options.output());
    BenchmarkRun run = new BenchmarkRun(benchmark, experiment);
    try (TrainingProgress progress =
        new TrainingProgress(experiment.layers(), experiment.fineTuning(), options.speech())) {
      run.train(List.of(progress));
    }
    BenchmarkReport report = run.test(options.commandLine(), backend);
    print(report);
    write(run, report);
    options.speech().result(report);
    return 0;
  }

  private void print(BenchmarkReport report) {
    options
        .speech()
        .line(
            "best validation error %.2f %% of %d images, after epoch %d",
            100 * report.fineTuning().best().score(),
            report.validation(),
            report.fineTuning().best().epoch() + 1);
    options
        .speech()
        .line(
            "test error %.2f %% of %d images; %.2f %% of the %d that are not among those to train on",
            100 * report.test().error(),
            report.test().images(),
            100 * report.unknown().error(),
            report.unknown().images());
    options
        .speech()
        .line(
            "published  %.2f %% +- %.2f, by Vincent et al. (2010), of 50000 images that were generated"
                + " in the same way, but are others",
            100 * report.published().error(), 100 * report.published().margin());
  }

  private void write(BenchmarkRun run, BenchmarkReport report) throws IOException {
    Path folder = options.output();
    run.stack().save(folder.resolve("model.zip"), false);
    Png.write(run.examples(), folder.resolve("examples.png"));
    Png.write(
        FilterTiles.square(run.stack().network().layerInputSize(0))
            .image(run.stack().network().getParam("0_W")),
        folder.resolve("filters.png"));
    Report.write(report, folder.resolve("report.json"));
    options.speech().line("Model, pictures and report.json are in %s", folder.toAbsolutePath());
  }
}
