package io.github.dae4j.cli.console;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which digits are left out of training. */
public final class UnseenOption {

  private static final int CLASSES = 10;

  @Option(
      names = "--unseen",
      paramLabel = "DIGIT[,DIGIT...]",
      defaultValue = "0,5,9",
      description = "Splits that are left out of training, and to be found in the test.")
  private String unseen;

  /** The digits, at least one, but not all. */
  public Set<Integer> digits() {
    String[] words = unseen.split(",", -1);
    Set<Integer> digits =
        Arrays.stream(words)
            .filter(word -> word.matches("[0-9]"))
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    OptionException.require(
        "--unseen",
        "different digits from 0 to 9, but not all",
        digits.size() == words.length && digits.size() < CLASSES,
        unseen);
    return digits;
  }
}
