package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.study.LabelComparison.LabelResult;
import io.github.dae4j.cli.study.LabelComparison.Start;
import io.github.dae4j.cli.study.LabelReport.Errors;
import io.github.dae4j.cli.study.LabelReport.TestError;
import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Table;
import io.github.dae4j.report.Tag;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What pretraining buys where few images have labels.
 *
 * @param images that pretraining saw
 * @param steps minibatches of each fine-tuning at least
 * @param errors for each number of labels
 * @param networks each one, in the order of training
 */
public record LabelReport(
    String command,
    String data,
    int images,
    String backend,
    long seed,
    int repeats,
    int steps,
    List<Errors> errors,
    List<LabelResult> networks) {

  private static final String ROW = "%8s  %16s  %16s  %16s";

  /** Test errors over labels, a line for each kind of network. */
  public Chart chart() {
    return Chart.overCounts(
        "%s, pretraining on %d images".formatted(data, images),
        "training images with labels",
        errors.stream().mapToInt(Errors::labels).toArray(),
        "test error (%)",
        List.of(
            line("ladder", Errors::ladder),
            line("pretrained", Errors::pretrained),
            line("from scratch", Errors::fromScratch)));
  }

  /** Them for a person to read. */
  public List<Section> sections() {
    Errors few = errors.get(0);
    return List.of(
        Section.of(
            "result",
            "Result",
            new Facts()
                .add(count(few.labels()) + " labels, ladder", few.ladder().words())
                .add(count(few.labels()) + " labels, pretrained", few.pretrained().words())
                .add(count(few.labels()) + " labels, from scratch", few.fromScratch().words())
                .add("images pretrained on", "%,d", images)
                .cards()),
        Section.of(
            "errors", "Test errors", chart().figure().orElseThrow(), table(), Tag.note(note())));
  }

  /** On the console: a row for each number of labels; with repeats mean +- standard deviation. */
  void print(Console console) {
    console.line("Test error (%%)");
    console.line(ROW, "labels", "from scratch", "pretrained", "ladder");
    for (Errors row : errors) {
      console.line(
          ROW,
          row.labels(),
          percent(row.fromScratch()),
          percent(row.pretrained()),
          percent(row.ladder()));
    }
  }

  private static String percent(TestError error) {
    String mean = String.format(Locale.ROOT, "%.2f", 100 * error.mean());
    return error.standardDeviation() == null
        ? mean
        : mean + String.format(Locale.ROOT, " +- %.2f", 100 * error.standardDeviation());
  }

  private Tag table() {
    List<List<String>> rows =
        errors.stream()
            .map(
                row ->
                    List.of(
                        count(row.labels()),
                        row.fromScratch().words(),
                        row.pretrained().words(),
                        row.ladder().words()))
            .toList();
    return new Table(List.of("labels", "from scratch", "pretrained", "ladder"), rows).tag();
  }

  private String note() {
    String same =
        "The pretrained network and the one from scratch are fine-tuned alike, for at least %s"
                .formatted(count(steps()))
            + " minibatches; only their initial weights differ. The ladder has rectified units and"
            + " denoises all images at every level meanwhile, for as many minibatches.";
    return repeats == 1
        ? same
        : same + " Mean +- standard deviation of %d repeats.".formatted(repeats);
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private List<TestError> list(Function<Errors, TestError> kind) {
    return errors.stream().map(kind).toList();
  }

  private Chart.Line line(String name, Function<Errors, TestError> kind) {
    List<TestError> drawn = list(kind);
    return new Chart.Line(
        name,
        percent(drawn, TestError::mean),
        repeats == 1 ? null : percent(drawn, TestError::standardDeviation));
  }

  private static double[] percent(List<TestError> errors, ToDoubleFunction<TestError> part) {
    return errors.stream().mapToDouble(error -> 100 * part.applyAsDouble(error)).toArray();
  }

  /** The test errors of each kind of network at a number of labels. */
  public record Errors(int labels, TestError fromScratch, TestError pretrained, TestError ladder) {

    /** Those among the networks that had so many labels. */
    public static Errors of(int labels, List<LabelResult> networks) {
      return new Errors(
          labels,
          TestError.of(errors(labels, Start.FROM_SCRATCH, networks)),
          TestError.of(errors(labels, Start.PRETRAINED, networks)),
          TestError.of(errors(labels, Start.LADDER, networks)));
    }

    private static double[] errors(int labels, Start start, List<LabelResult> networks) {
      return networks.stream()
          .filter(network -> network.labels() == labels && network.start() == start)
          .mapToDouble(LabelResult::testError)
          .toArray();
    }
  }

  /**
   * Test errors over repeats, in [0, 1].
   *
   * @param standardDeviation of a sample, null for a single repeat
   */
  public record TestError(double mean, Double standardDeviation) {

    /** "9.40 %", with "+- 0.52" where it is known. */
    public String words() {
      return standardDeviation == null
          ? String.format(Locale.ROOT, "%.2f %%", 100 * mean)
          : String.format(Locale.ROOT, "%.2f +- %.2f %%", 100 * mean, 100 * standardDeviation);
    }

    static TestError of(double... errors) {
      double mean = DoubleStream.of(errors).average().orElseThrow();
      double squares = DoubleStream.of(errors).map(e -> (e - mean) * (e - mean)).sum();
      return new TestError(
          mean, errors.length == 1 ? null : (Double) Math.sqrt(squares / (errors.length - 1)));
    }
  }
}
