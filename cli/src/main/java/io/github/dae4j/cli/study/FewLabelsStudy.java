package io.github.dae4j.cli.study;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.ImageData;
import io.github.dae4j.cli.console.ExperimentOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.study.LabelComparison.LabelResult;
import io.github.dae4j.cli.study.LabelComparison.Start;
import io.github.dae4j.cli.study.LabelReport.Errors;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all images buy, by pretraining or by a ladder, when only few of them have labels. */
@Command(
    name = "few-labels",
    description = {
      "Measures what images without labels gain.",
      "Two stacks are fine-tuned on the few labelled images: one pretrained on all training images,"
          + " one from random weights. A third, a ladder network, denoises all images at every level"
          + " while it learns the labels.",
      "Labelled validation images choose the best parameters of each."
    },
    sortOptions = false)
public final class FewLabelsStudy implements Callable<Integer> {

  private static final int MOST_STEPS = 1_000_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG.yaml",
      defaultValue = "configs/quickstart.yaml",
      description =
          "The configuration; configs/README.md lists all keys (default: ${DEFAULT-VALUE}).")
  private Path configuration;

  @Mixin private ExperimentOptions options;

  @Option(
      names = "--labels",
      paramLabel = "N[,N...]",
      defaultValue = "100,300,1000,all",
      description =
          "Numbers of labelled training images, in place of data.labels (default:"
              + " ${DEFAULT-VALUE}).")
  private String labels;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Least number of minibatches in fine-tuning: with few labels there are more epochs"
              + " (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of repetitions, with consecutive seeds (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Override
  public Integer call() {
    ExperimentConfiguration read = options.read(configuration);
    require(read);
    List<Integer> counts = counts(labels, ((ImageData.BuiltIn) read.data()).train());
    Experiment experiment = options.open(read);
    options.makeFolder();
    List<LabelResult> networks = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      networks.addAll(compare(experiment, read.seed() + repeat, counts));
    }
    LabelReport report = report(experiment, counts, networks);
    report.chart().write(options.output().resolve("few-labels.png"));
    report.print(options.console());
    options.finish("Few labels on " + report.data(), report, read.toYaml(), report.sections());
    return 0;
  }

  private void require(ExperimentConfiguration read) {
    OptionException.require(
        "--steps", "in [1, %d]".formatted(MOST_STEPS), steps >= 1 && steps <= MOST_STEPS, steps);
    OptionException.require("--repeats", ">= 1", repeats >= 1, repeats);

    if (!(read.data() instanceof ImageData.BuiltIn)) {
      throw new DataException(configuration + ": few-labels needs data.source, a set of images");
    }
    if (!LabelComparison.fits(read)) {
      throw new DataException(
          configuration + ": few-labels needs pretraining, and fine-tuning for classification");
    }
  }

  /** One repeat. */
  private List<LabelResult> compare(Experiment experiment, long seed, List<Integer> counts) {
    LabelComparison comparison = new LabelComparison(experiment, seed, steps);
    pretrain(comparison, experiment);
    List<LabelResult> networks = new ArrayList<>();
    for (int count : counts) {
      for (Start start : Start.values()) {
        LabelResult network = comparison.fineTune(start, count, options.stages());
        options.stages().close();
        network.print(options.console());
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
        repeats,
        steps,
        counts.stream().map(count -> Errors.of(count, networks)).toList(),
        networks);
  }

  /** What --labels says, "10,20,all", among so many. */
  static List<Integer> counts(String labels, int train) {
    List<Integer> counts =
        Arrays.stream(labels.split(",", -1)).map(word -> count(word, train)).toList();
    boolean areAscending =
        IntStream.range(0, counts.size())
            .allMatch(i -> counts.get(i) > (i == 0 ? 0 : counts.get(i - 1)));
    OptionException.require(
        "--labels",
        "whole numbers in [1, %d], ascending, the last of which may be all".formatted(train),
        areAscending && counts.get(counts.size() - 1) <= train,
        labels);
    return counts;
  }

  /** What is no number counts as 0. */
  private static int count(String word, int train) {
    if (word.equals("all")) {
      return train;
    }
    return word.matches("\\d{1,9}") ? Integer.parseInt(word) : 0;
  }
}
