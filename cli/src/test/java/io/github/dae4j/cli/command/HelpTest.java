package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.Dae4j;
import io.github.dae4j.cli.study.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect",
        "train",
        "resume",
        "score",
        "impute",
        "evaluate",
        "encode",
        "reconstruct",
        "predict",
        "filters",
        "export",
        "study denoising-mnist",
        "study stacked-mnist",
        "study few-labels",
        "study rectangles",
        "study convex",
        "study anomaly-detection",
        "study imputation",
        "study tabular-swap-noise",
        "study corruption-gallery",
        "study built-in-autoencoder"
      })
  void everyCommandTellsAllItTakesAndHowItEnds(String name) {
    Outcome outcome = Outcome.of((name + " --help").split(" "));
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith("Usage: dae4j " + name)
        .contains("Exit codes:", "no file was");
    assertThat(
            outcome.out().replaceAll("\\s+", " ").contains("IN.csv is also a folder of pictures"))
        .isEqualTo(List.of("score", "encode", "reconstruct", "predict").contains(name));
    assertThat(outcome.out().contains("130   Interrupted by Ctrl-C"))
        .isEqualTo(List.of("train", "resume").contains(name));
    CommandLine command = new CommandLine(new Dae4j());
    for (String word : name.split(" ")) {
      command = command.getSubcommands().get(word);
    }
    assertThat(command.getCommandSpec().args())
        .isNotEmpty()
        .allSatisfy(argument -> assertThat(description(argument)).endsWith("."));
    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
  }

  private static String description(ArgSpec argument) {
    return String.join(" ", argument.description()).replaceFirst(" \\(default: .*\\)\\.$", ".");
  }

  @Test
  void theHelpOfStudyNamesEachInOneLine() {
    Outcome outcome = Outcome.of("study", "--help");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.matches("  [a-z]+(-[a-z]+)* +[A-Z].*"))
        .hasSize(10)
        .allMatch(line -> line.endsWith(".") && line.length() <= 80);
    assertThat(Outcome.of("study").exitCode()).isEqualTo(2);
    assertThat(Outcome.of("study", "rectangle").err())
        .startsWith("error: Unmatched argument at index 1: 'rectangle'")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "inspct people.csv, inspect",
    "trian people.csv, train",
    "study few-lables, few-labels",
    "train people.csv --lable=x, --label",
  })
  void misspeltWordsAreGuessed(String command, String meant) {
    Outcome outcome = Outcome.of(command.split(" "));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).endsWith(", did you mean '%s'?\n".formatted(meant)).hasLineCount(1);
  }

  @Test
  void theHelpOfAllNamesEveryCommand() {
    assertThat(Outcome.of("--help").out())
        .contains(
            "inspect",
            "train",
            "resume",
            "score",
            "impute",
            "evaluate",
            "encode",
            "reconstruct",
            "predict",
            "filters",
            "export",
            "study");
    assertThat(Outcome.of("--version").out())
        .startsWith("dae4j ")
        .contains("Java " + System.getProperty("java.version"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "train --help",
        "study --help",
        "study few-labels --help",
        "train no.yaml"
      })
  void helpComesWithoutTheLibrariesThatAreSlowToStart(String arguments)
      throws IOException, InterruptedException {
    Path log = folder.resolve("classes");
    JavaProcess.start(folder, List.of("-Xlog:class+load:file=" + log), arguments.split(" "))
        .await();
    assertThat(Files.readString(log))
        .contains("io.github.dae4j.cli.command.Train")
        .doesNotContain(" org.nd4j.linalg.factory.Nd4j ", " ch.qos.logback.");
  }
}
