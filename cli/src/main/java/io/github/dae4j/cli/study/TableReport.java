package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.study.LabelReport.TestError;
import io.github.dae4j.cli.study.TableComparison.TableResult;
import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Table;
import io.github.dae4j.report.Tag;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What the codes of a table's rows buy a linear model that has few labels.
 *
 * @param rows of the table
 * @param errors for each number of labels
 * @param models each pair, in the order of training
 */
public record TableReport(
    String command,
    String data,
    int rows,
    String backend,
    long seed,
    int repeats,
    TableComparison.Settings settings,
    List<Errors> errors,
    List<TableResult> models) {

  private static final String ROW = "%8s  %16s  %16s  %16s";

  /** Test errors over labels, with standard errors of their means. */
  public Chart chart() {
    return Chart.overCounts(
        "%s: linear models, means of %d splits".formatted(data, repeats),
        "training rows with labels",
        errors.stream().mapToInt(Errors::labels).toArray(),
        "test error (%)",
        List.of(line("on codes", Errors::codes), line("on the columns", Errors::columns)));
  }

  private Chart.Line line(String name, Function<Errors, TestError> kind) {
    List<TestError> drawn = errors.stream().map(kind).toList();
    return new Chart.Line(
        name,
        drawn.stream().mapToDouble(error -> 100 * error.mean()).toArray(),
        repeats == 1
            ? null
            : drawn.stream().mapToDouble(error -> 100 * standardError(error)).toArray());
  }

  /** An error or difference in percent, with the standard error of its mean if that is known. */
  private String percent(TestError error) {
    String mean = String.format(Locale.ROOT, "%.2f", 100 * error.mean());
    return repeats == 1
        ? mean
        : mean + String.format(Locale.ROOT, " +- %.2f", 100 * standardError(error));
  }

  /** It for a person to read. */
  public List<Section> sections() {
    Errors few = errors.get(0);
    return List.of(
        Section.of(
            "result",
            "Result",
            new Facts()
                .add(few.labels() + " labels, on codes", percent(few.codes()) + " %")
                .add(few.labels() + " labels, on the columns", percent(few.columns()) + " %")
                .add("rows", "%,d", rows)
                .add("splits", "%d", repeats)
                .cards()),
        Section.of(
            "errors", "Test errors", chart().figure().orElseThrow(), table(), Tag.note(note())));
  }

  /** On the console: a row for each number of labels; with repeats mean +- standard error. */
  void print(Console console) {
    console.line("Test error (%%)");
    console.line(ROW, "labels", "on the columns", "on codes", "difference");
    for (Errors row : errors) {
      console.line(
          ROW,
          row.labels(),
          percent(row.columns()),
          percent(row.codes()),
          percent(row.difference()));
    }
  }

  private Tag table() {
    return new Table(
            List.of("labels", "on the columns", "on codes", "difference"),
            errors.stream()
                .map(
                    row ->
                        List.of(
                            "" + row.labels(),
                            percent(row.columns()),
                            percent(row.codes()),
                            percent(row.difference())))
                .toList())
        .tag();
  }

  private String note() {
    String same = "Test errors in percent; the difference is codes minus columns.";
    return repeats == 1 ? same : same + " Mean +- standard error over the splits.";
  }

  /** Of a mean over the repeats, of which there must be two. */
  private double standardError(TestError error) {
    return error.standardDeviation() / Math.sqrt(repeats);
  }

  /**
   * The errors of both kinds of model at a number of labels.
   *
   * @param validation the difference of the errors on validation rows, codes minus columns
   * @param difference the same on test rows
   */
  public record Errors(
      int labels, TestError columns, TestError codes, TestError validation, TestError difference) {

    /** Those among the models that had so many labels. */
    public static Errors of(int labels, List<TableResult> models) {
      List<TableResult> these = models.stream().filter(model -> model.labels() == labels).toList();
      return new Errors(
          labels,
          mean(these, model -> model.columns().test()),
          mean(these, model -> model.codes().test()),
          mean(these, model -> model.codes().validation() - model.columns().validation()),
          mean(these, model -> model.codes().test() - model.columns().test()));
    }

    private static TestError mean(List<TableResult> models, ToDoubleFunction<TableResult> error) {
      return TestError.of(models.stream().mapToDouble(error).toArray());
    }
  }
}
