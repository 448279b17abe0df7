package io.github.dae4j.cli.command;

import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.cli.experiment.TestResult.Classification;
import io.github.dae4j.cli.experiment.TrainingReport;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.io.PrintWriter;
import java.util.Locale;

/** Results as lines for a person. */
record Summary(PrintWriter out) {

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
  void print(TestResult test) {
    printErrors(test);
    if (test.classification() != null) {
      printConfusion(test.classification().confusion());
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
    line(
        "fine-tuning  %d epochs, best validation %.4g after epoch %d, %.1f s",
        result.epochs().size(), result.best().score(), result.best().epoch() + 1, result.seconds());
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

  private void printConfusion(int[][] confusion) {
    out.println("confusion    (rows: true class, columns: predicted class)");
    StringBuilder head = new StringBuilder("    ");
    for (int taken = 0; taken < confusion.length; taken++) {
      head.append(String.format(Locale.ROOT, "%6d", taken));
    }
    out.println(head);
    for (int digit = 0; digit < confusion.length; digit++) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%4d", digit));
      for (int count : confusion[digit]) {
        row.append(String.format(Locale.ROOT, "%6d", count));
      }
      out.println(row);
    }
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
