package io.github.dae4j.benchmarks.vincent2010;

import io.github.dae4j.datasets.FactorProblem;
import java.util.Locale;
import java.util.Optional;

/** A problem of the paper's table 3, with the test errors that are published there, in percent. */
enum Problem {
  RECTANGLES(FactorProblem.RECTANGLES, 2.15, 2.60, 2.41, 1.99),
  CONVEX(FactorProblem.CONVEX, 19.13, 18.63, 18.41, 19.06),
  BASIC(FactorProblem.BASIC, 3.03, 3.11, 3.46, 2.84),
  ROT(FactorProblem.ROT, 11.11, 10.30, 10.30, 9.53),
  BG_RAND(FactorProblem.BG_RAND, 14.58, 6.73, 11.28, 10.30),
  BG_IMG(FactorProblem.BG_IMG, 22.61, 16.31, 23.00, 16.68),
  RECT_IMG(FactorProblem.RECT_IMG, 24.04, 22.50, 24.05, 21.59),
  BG_IMG_ROT(FactorProblem.BG_IMG_ROT, 55.18, 47.39, 51.93, 43.76),
  MNIST(null, 1.40, 1.24, 1.40, 1.28);

  private final FactorProblem generated;
  private final double svm;
  private final double dbn;
  private final double sae;
  private final double sdae;

  Problem(FactorProblem generated, double svm, double dbn, double sae, double sdae) {
    this.generated = generated;
    this.svm = svm;
    this.dbn = dbn;
    this.sae = sae;
    this.sdae = sdae;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How it is made; empty for MNIST itself. */
  Optional<FactorProblem> generated() {
    return Optional.ofNullable(generated);
  }

  boolean isOfDigits() {
    return generated == null || generated.isOfDigits();
  }

  boolean isOfPhotographs() {
    return generated != null && generated.isOfPhotographs();
  }

  /** SVM with a Gaussian kernel, DBN-3, SAE-3 and SDAE-3, as cells of a table. */
  String published() {
    return "%.2f | %.2f | %.2f | %.2f".formatted(svm, dbn, sae, sdae);
  }
}
