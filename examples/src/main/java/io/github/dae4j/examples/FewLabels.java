package io.github.dae4j.examples;

import io.github.dae4j.examples.backend.Backends;
import io.github.dae4j.examples.cli.Cli;
import io.github.dae4j.examples.cli.ConfigurationOptions;
import io.github.dae4j.examples.cli.DownloadProgress;
import io.github.dae4j.examples.cli.LabelOptions;
import io.github.dae4j.examples.cli.LabelTable;
import io.github.dae4j.examples.cli.Speech;
import io.github.dae4j.examples.cli.SpeechOptions;
import io.github.dae4j.examples.cli.ThreadsOption;
import io.github.dae4j.examples.cli.TrainingProgress;
import io.github.dae4j.examples.data.DataException;
import io.github.dae4j.examples.experiment.Experiment;
import io.github.dae4j.examples.experiment.LabelComparison;
import io.github.dae4j.examples.experiment.LabelComparison.Start;
import io.github.dae4j.examples.experiment.LabelReport;
import io.github.dae4j.examples.experiment.LabelReport.Errors;
import io.github.dae4j.examples.experiment.LabelResult;
import io.github.dae4j.examples.output.Report;
import io.github.dae4j.examples.output.WholeFile;
import io.github.dae4j.examples.plot.Png;
import io.github.dae4j.stacked.config.ExperimentConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What pretraining on all images buys when only few of them have labels. */
@Command(
    name = "few-labels",
    description = {
      "Pretrains a stack on all training images, fine-tunes it on the few that have labels, and does"
          + " the same from fresh weights.",
      "Validation images have labels besides: they choose the best parameters of each network."
    },
    sortOptions = false)
public final class FewLabels implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG.yaml",
      defaultValue = "configs/quickstart.yaml",
      description =
          "The configuration; configs/README.md tells all its keys (default: ${DEFAULT-VALUE}).")
  private Path configuration;

  @Mixin private ConfigurationOptions settings;
  @Mixin private LabelOptions options;
  @Mixin private ThreadsOption threads;
  @Mixin private SpeechOptions speech;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "output/few-labels",
      description = "Folder for all that is written (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Spec private CommandSpec command;

  public static void main(String[] args) {
    System.exit(Cli.execute(new FewLabels(), args));
  }

  @Override
  public Integer call() {
    ExperimentConfiguration read = settings.read(configuration);
    require(read);
    List<Integer> counts = options.counts(read.data().train());
    String backend = Backends.startQuietly(threads.or(read));
    Experiment experiment = open(read);
    WholeFile.requireFolder(output);
    List<LabelResult> networks = new ArrayList<>();
    for (int repeat = 0; repeat < options.repeats(); repeat++) {
      networks.addAll(compare(experiment, read.seed() + repeat, counts));
    }
    LabelReport report = report(experiment, backend, counts, networks);
    Png.write(report.chart(), output.resolve("few-labels.png"));
    Report.write(report, output.resolve("report.json"));
    summarize(report);
    return 0;
  }

  private void require(ExperimentConfiguration read) {
    threads.require();
    options.require();
    if (!LabelComparison.fits(read)) {
      throw new DataException(
          configuration + ": few-labels needs pretraining, and fine-tuning for classification");
    }
  }

  private Experiment open(ExperimentConfiguration read) {
    try (DownloadProgress progress = new DownloadProgress(speech())) {
      return Experiment.open(read, progress);
    }
  }

  /** One repeat. */
  private List<LabelResult> compare(Experiment experiment, long seed, List<Integer> counts) {
    LabelComparison comparison = new LabelComparison(experiment, seed, options.steps());
    LabelTable table = new LabelTable(speech());
    try (TrainingProgress progress = new TrainingProgress(experiment.layers(), null, speech())) {
      comparison.pretrain(List.of(progress));
    }
    List<LabelResult> networks = new ArrayList<>();
    for (int count : counts) {
      for (Start start : Start.values()) {
        LabelResult network = comparison.fineTune(start, count);
        table.print(network);
        networks.add(network);
      }
    }
    return networks;
  }

  private LabelReport report(
      Experiment experiment, String backend, List<Integer> counts, List<LabelResult> networks) {
    return new LabelReport(
        "few-labels " + String.join(" ", command.commandLine().getParseResult().originalArgs()),
        experiment.digits().name(),
        experiment.digits().train().size(),
        backend,
        experiment.configuration().seed(),
        options.repeats(),
        options.steps(),
        counts.stream().map(count -> Errors.of(count, networks)).toList(),
        networks);
  }

  private void summarize(LabelReport report) {
    new LabelTable(speech()).print(report.errors());
    speech().line("Chart and report.json are in %s", output.toAbsolutePath());
    speech().result(report);
  }

  private Speech speech() {
    return speech.on(command.commandLine().getOut());
  }
}
