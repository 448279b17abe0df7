package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.OneLine;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.cli.experiment.TestResult.Classification;
import io.github.dae4j.cli.experiment.TrainingReport;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Results as lines for a person. */
record Summary(PrintWriter out) {

  private static final int LONGEST_NAME = 12;

  /** Each layer, fine-tuning and the test, a line each. */
  void print(TrainingReport report) {
    report.pretraining().forEach(this::print);
    if (report.fineTuning() != null) {
      print(report.fineTuning());
    }
    printErrors(report.test());
    out.flush();
  }

  /** Errors and the confusion matrix. */
  void print(TestResult test, List<String> classes) {
    printErrors(test);
    if (test.classification() != null) {
      printConfusion(test.classification().confusion(), classes);
    }
    out.flush();
  }

  private void print(LayerResult layer) {
    line(
        "layer %d      %d epochs, loss %.4g, %.1f s",
        layer.layer(),
        layer.epochs(),
        layer.trainingLosses().get(layer.bestEpoch()),
        layer.seconds());
  }

  private void print(FineTuningResult result) {
    FineTuningResult.Best best = result.best();
    line(
        "fine-tuning  %d epochs, %s, %.1f s",
        result.epochs().size(),
        Double.isNaN(best.score())
            ? String.format(
                Locale.ROOT, "loss %.4g", result.epochs().get(best.epoch()).trainingLoss())
            : String.format(
                Locale.ROOT, "best validation %.4g after epoch %d", best.score(), best.epoch() + 1),
        result.seconds());
  }

  private void printErrors(TestResult test) {
    Classification digits = test.classification();
    if (digits != null) {
      line(
          "test         error %.2f %% of %d images, F1 %.4f",
          100 * digits.error(), test.images(), digits.f1());
    }
    line(
        "test         reconstruction error %.4g, mean of %d images",
        test.reconstructionError(), test.images());
  }

  private void printConfusion(int[][] confusion, List<String> classes) {
    out.println("confusion    (rows: true class, columns: predicted class)");
    List<String> names = classes.stream().map(Summary::shortened).toList();
    int longest = names.stream().mapToInt(String::length).max().orElse(1);
    String first = "%" + Math.max(4, longest) + "s";
    String cell = "%" + Math.max(6, longest + 2) + "s";
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, first, ""));
    names.forEach(name -> head.append(String.format(Locale.ROOT, cell, name)));
    out.println(head);
    for (int label = 0; label < confusion.length; label++) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, first, names.get(label)));
      for (int count : confusion[label]) {
        row.append(String.format(Locale.ROOT, cell, count));
      }
      out.println(row);
    }
  }

  private static String shortened(String name) {
    String line = OneLine.of(name);
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME - 3) + "...";
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
