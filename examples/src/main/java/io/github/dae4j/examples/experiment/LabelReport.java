package io.github.dae4j.examples.experiment;

import io.github.dae4j.examples.experiment.LabelComparison.Start;
import io.github.dae4j.examples.plot.LabelCurves;
import java.awt.image.BufferedImage;
import java.util.List;
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

  /** Test errors over labels, a line for each kind of network. */
  public BufferedImage chart() {
    return LabelCurves.image(
        "%s, pretraining on %d images".formatted(data, images),
        "training images with labels",
        errors.stream().mapToInt(Errors::labels).toArray(),
        List.of(line("pretrained", Errors::pretrained), line("from scratch", Errors::fromScratch)));
  }

  private LabelCurves.Line line(String name, Function<Errors, TestError> kind) {
    List<TestError> drawn = errors.stream().map(kind).toList();
    return new LabelCurves.Line(
        name,
        percent(drawn, TestError::mean),
        repeats == 1 ? null : percent(drawn, TestError::standardDeviation));
  }

  private static double[] percent(List<TestError> errors, ToDoubleFunction<TestError> part) {
    return errors.stream().mapToDouble(error -> 100 * part.applyAsDouble(error)).toArray();
  }

  /** The test errors of both kinds of network at a number of labels. */
  public record Errors(int labels, TestError fromScratch, TestError pretrained) {

    /** Those among the networks that had so many labels. */
    public static Errors of(int labels, List<LabelResult> networks) {
      return new Errors(
          labels,
          TestError.of(errors(labels, Start.FROM_SCRATCH, networks)),
          TestError.of(errors(labels, Start.PRETRAINED, networks)));
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

    static TestError of(double... errors) {
      double mean = DoubleStream.of(errors).average().orElseThrow();
      double squares = DoubleStream.of(errors).map(e -> (e - mean) * (e - mean)).sum();
      return new TestError(
          mean, errors.length == 1 ? null : (Double) Math.sqrt(squares / (errors.length - 1)));
    }
  }
}
