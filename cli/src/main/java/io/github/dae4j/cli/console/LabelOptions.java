package io.github.dae4j.cli.console;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** How many labels there are, and how long and how often networks are fine-tuned on them. */
public final class LabelOptions {

  private static final int MOST_STEPS = 1_000_000;

  @Option(
      names = "--labels",
      paramLabel = "N[,N...]",
      defaultValue = "100,300,1000,all",
      description =
          "How many of the first training images have labels, in place of data.labels (default:"
              + " ${DEFAULT-VALUE}).")
  private String labels;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Minibatches that each network is fine-tuned for at least, so that there are more epochs"
              + " of few labels (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often all is done, with seeds one after the other (default: ${DEFAULT-VALUE}).")
  private int repeats;

  /** Checks what does not depend on the images. */
  public void require() {
    OptionException.require(
        "--steps", "in [1, %d]".formatted(MOST_STEPS), steps >= 1 && steps <= MOST_STEPS, steps);
    OptionException.require("--repeats", ">= 1", repeats >= 1, repeats);
  }

  /** The numbers of labels, ascending, among so many training images. */
  public List<Integer> counts(int train) {
    return counts(labels, train);
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

  public int steps() {
    return steps;
  }

  public int repeats() {
    return repeats;
  }
}
