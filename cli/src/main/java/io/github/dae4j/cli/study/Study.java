package io.github.dae4j.cli.study;

import picocli.CommandLine.Command;

/** The studies behind the documentation's figures, each a command of its own. */
@Command(
    name = "study",
    sortOptions = false,
    description = {
      "Runs one of the studies in the documentation.",
      "Each writes report.html, report.json and pictures to output/NAME."
    },
    synopsisSubcommandLabel = "NAME",
    subcommands = {
      DenoisingMnist.class,
      StackedMnist.class,
      FewLabels.class,
      BenchmarkStudy.Rectangles.class,
      BenchmarkStudy.Convex.class,
      AnomalyDetection.class,
      Imputation.class,
      TabularSwapNoise.class,
      CorruptionGallery.class,
      BuiltInAutoEncoder.class
    },
    footer = {
      "",
      "For example:",
      "  dae4j study few-labels --labels 100,all",
      "'dae4j study NAME --help' lists the options of a study; '@FILE' reads options",
      "from a file, such as those in configs/*.args."
    })
public final class Study {}
