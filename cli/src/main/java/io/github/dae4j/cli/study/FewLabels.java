package io.github.dae4j.cli.study;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.console.ExperimentOptions;
import io.github.dae4j.cli.console.LabelOptions;
import io.github.dae4j.cli.console.LabelTable;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.LabelComparison;
import io.github.dae4j.cli.experiment.LabelComparison.LabelResult;
import io.github.dae4j.cli.experiment.LabelComparison.Start;
import io.github.dae4j.cli.experiment.LabelReport;
import io.github.dae4j.cli.experiment.LabelReport.Errors;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.report.Png;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What pretraining on all images buys when only few of them have labels. */
@Command(
    name = "few-labels",
    description = {
      "Shows what pretraining gains where labels are few.",
      "A stack is pretrained on all training images and fine-tuned on the few that have labels; so"
          + " is one with fresh weights.",
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

  @Mixin private ExperimentOptions options;
  @Mixin private LabelOptions labels;

  @Override
  public Integer call() {
    ExperimentConfiguration read = options.read(configuration);
    require(read);
    List<Integer> counts = labels.counts(read.data().train());
    Experiment experiment = options.open(read);
    options.makeFolder();
    List<LabelResult> networks = new ArrayList<>();
    for (int repeat = 0; repeat < labels.repeats(); repeat++) {
      networks.addAll(compare(experiment, read.seed() + repeat, counts));
    }
    LabelReport report = report(experiment, counts, networks);
    Png.write(report.chart(), options.output().resolve("few-labels.png"));
    new LabelTable(options.console()).print(report.errors());
    options.finish("Few labels on " + report.data(), report, read.toYaml(), report.sections());
    return 0;
  }

  private void require(ExperimentConfiguration read) {
    labels.require();
    if (!LabelComparison.fits(read)) {
      throw new DataException(
          configuration + ": few-labels needs pretraining, and fine-tuning for classification");
    }
  }

  /** One repeat. */
  private List<LabelResult> compare(Experiment experiment, long seed, List<Integer> counts) {
    LabelComparison comparison = new LabelComparison(experiment, seed, labels.steps());
    LabelTable table = new LabelTable(options.console());
    pretrain(comparison, experiment);
    List<LabelResult> networks = new ArrayList<>();
    for (int count : counts) {
      for (Start start : Start.values()) {
        LabelResult network = comparison.fineTune(start, count, options.stages());
        options.stages().close();
        table.print(network);
        networks.add(network);
      }
    }
    return networks;
  }

  private void pretrain(LabelComparison comparison, Experiment experiment) {
    List<LayerResult> layers;
    try (TrainingProgress progress =
        new TrainingProgress(experiment.layers(), null, options.console())) {
      layers = comparison.pretrain(List.of(progress));
    }
    options.addTimes(layers);
  }

  private LabelReport report(
      Experiment experiment, List<Integer> counts, List<LabelResult> networks) {
    return new LabelReport(
        options.commandLine(),
        experiment.digits().name(),
        experiment.digits().train().size(),
        options.backend(),
        experiment.configuration().seed(),
        labels.repeats(),
        labels.steps(),
        counts.stream().map(count -> Errors.of(count, networks)).toList(),
        networks);
  }
}
