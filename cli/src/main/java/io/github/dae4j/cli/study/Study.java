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
      DenoisingStudy.class,
      StackStudy.class,
      FewLabelsStudy.class,
      BenchmarkStudy.Rectangles.class,
      BenchmarkStudy.Convex.class,
      AnomalyStudy.class,
      ImputationStudy.class,
      SwapNoiseStudy.class,
      CorruptionStudy.class,
      BuiltInStudy.class
    },
    footer = {
      "",
      "For example:",
      "  dae4j study few-labels --labels 100,all",
      "'dae4j study NAME --help' lists the options of a study; '@FILE' reads options",
      "from a file, such as those in configs/*.args."
    })
public final class Study {}
