package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.study.BuiltInComparison.Trained;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Section.Table;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * DL4J's own layer and this project's, from the same weights on the same digits.
 *
 * @param epochs that each will be trained for
 * @param progress of training
 */
public record BuiltInComparison(Splits digits, long seed, int epochs, ProgressListener progress) {

  private static final int HIDDEN = 500;
  private static final int BATCH = 20;
  private static final double RATE = 0.1;
  static final double LEVEL = 0.3;

  /** A network of one layer, and its errors before training and after each epoch so far. */
  public record Trained(PretrainableNetwork network, Splits digits, List<Double> errors) {

    /**
     * Trains it for an epoch.
     *
     * @return the cross-entropy of test digits now, in nats per image
     */
    public double train() {
      network.pretrain(new ViewIterator(digits.train().dataSet(), BATCH), 1);
      return measure();
    }

    private double measure() {
      errors.add(crossEntropy(digits.test().images()));
      return errors.get(errors.size() - 1);
    }

    /** From parameters alone, the same way for both: -sum(x log z + (1 - x) log(1 - z)). */
    private double crossEntropy(INDArray x) {
      INDArray a = preOutput(x);
      double softplus =
          Transforms.softPlus(Transforms.abs(a, true).negi(), false).sumNumber().doubleValue();
      double rest = Transforms.relu(a, true).subi(a.mul(x)).sumNumber().doubleValue();
      return (softplus + rest) / x.size(0);
    }

    private INDArray preOutput(INDArray x) {
      INDArray w = network.getParam("0_W");
      INDArray code = Transforms.sigmoid(x.mmul(w).addiRowVector(network.getParam("0_b")), false);
      return code.mmul(w.transpose()).addiRowVector(network.getParam("0_vb"));
    }

    /** [images, pixels] -> the same. */
    INDArray reconstruct(INDArray x) {
      return Transforms.sigmoid(preOutput(x), false);
    }
  }

  /** DL4J's own layer. */
  public Trained builtIn() {
    return fresh("built-in", sized(new AutoEncoder.Builder(LEVEL)).build());
  }

  /** This project's. */
  public Trained ours() {
    return fresh(
        "ours",
        sized(new DenoisingAutoEncoder.Builder().corruption(new MaskingCorruption(LEVEL))).build());
  }

  private <B extends FeedForwardLayer.Builder<B>> B sized(B layer) {
    return layer.nIn(digits.train().images().size(1)).nOut(HIDDEN).activation(Activation.SIGMOID);
  }

  private Trained fresh(String name, FeedForwardLayer layer) {
    PretrainableNetwork network =
        new PretrainableNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.SIGMOID_UNIFORM)
                .updater(new Sgd(RATE))
                .list()
                .layer(layer)
                .build());
    network.init();
    int minibatches = (digits.train().size() + BATCH - 1) / BATCH;
    network.setListeners(TrainingProgress.counting(name, (long) epochs * minibatches, progress));
    Trained untrained = new Trained(network, digits, new ArrayList<>());
    untrained.measure();
    return untrained;
  }

  /**
   * DL4J's own layer and this project's, both trained.
   *
   * @param seed of the corruption that is shown
   */
  public record BuiltInPage(Splits digits, long seed, Trained builtIn, Trained ours) {

    private static final int SHOWN = 10;

    /** Test digits, corrupted, and what both make of them. */
    public BufferedImage examples() {
      return shape().framed(rows(), 2);
    }

    private Map<String, List<INDArray>> rows() {
      INDArray clean = digits.test().first(shown()).images();
      INDArray corrupted =
          new MaskingCorruption(BuiltInComparison.LEVEL)
              .corrupt(clean, Nd4j.getRandomFactory().getNewRandomInstance(seed), 0, 0)
              .values();
      Map<String, List<INDArray>> rows = new LinkedHashMap<>();
      rows.put("clean", images(clean));
      rows.put("corrupted", images(corrupted));
      rows.put("DL4J's", images(builtIn.reconstruct(corrupted)));
      rows.put("this project's", images(ours.reconstruct(corrupted)));
      return rows;
    }

    private List<INDArray> images(INDArray rows) {
      return IntStream.range(0, shown()).mapToObj(rows::getRow).toList();
    }

    private int shown() {
      return Math.min(SHOWN, digits.test().size());
    }

    private ExampleRows shape() {
      return new ExampleRows(shown(), DrawnDigits.SIDE, DrawnDigits.SIDE);
    }

    /** Them for a person to read. */
    public List<Section> sections() {
      int last = ours.errors().size() - 1;
      return List.of(
          Section.of(
              "result",
              "Result",
              new Facts()
                  .add("untrained", nats(ours.errors().get(0)) + " nats")
                  .add("DL4J's built-in", nats(builtIn.errors().get(last)) + " nats")
                  .add("this project's", nats(ours.errors().get(last)) + " nats")
                  .cards()),
          Section.of(
              "errors",
              "Cross-entropy",
              table(),
              Tag.note(
                  "Of reconstructed test digits, in nats per image. It rises for DL4J's layer, which"
                      + " follows the gradient with the wrong sign.")),
          Section.of("reconstructions", "Reconstructions", pictures()));
    }

    private Tag table() {
      List<List<String>> rows =
          IntStream.range(0, ours.errors().size())
              .mapToObj(
                  epoch ->
                      List.of(
                          epoch == 0 ? "untrained" : "epoch " + epoch,
                          nats(builtIn.errors().get(epoch)),
                          nats(ours.errors().get(epoch))))
              .toList();
      return new Table(List.of("", "DL4J's built-in", "this project's"), rows).tag();
    }

    private static String nats(double error) {
      return String.format(Locale.ROOT, error < 1e4 ? "%,.2f" : "%,.0f", error);
    }

    private Tag pictures() {
      return Tag.rows(
          rows().entrySet().stream()
              .map(row -> new Picture(shape().framedRow(row.getValue()), row.getKey(), "").tag())
              .toArray(Tag[]::new));
    }
  }
}
