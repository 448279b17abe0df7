package io.github.dae4j.cli.study;

import io.github.dae4j.cli.experiment.RunPictures;
import io.github.dae4j.cli.experiment.TestResult.ReconstructionErrors;
import io.github.dae4j.cli.experiment.TestSections;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Section.Picture;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The Deep Learning Tutorials' dA at one level of masking.
 *
 * @param network the denoising autoencoder alone
 */
public record TutorialLayer(double level, PretrainableNetwork network) {

  /** With fresh weights; {@code rate} is that of SGD. */
  public static TutorialLayer of(long pixels, int hidden, double level, double rate, long seed) {
    PretrainableNetwork network =
        new PretrainableNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.SIGMOID_UNIFORM)
                .updater(new Sgd(rate))
                .list()
                .layer(
                    new DenoisingAutoEncoder.Builder()
                        .nIn(pixels)
                        .nOut(hidden)
                        .activation(Activation.SIGMOID)
                        .corruption(corruption(level))
                        .build())
                .build());
    network.init();
    return new TutorialLayer(level, network);
  }

  private static Corruption corruption(double level) {
    return level == 0 ? new NoCorruption() : new MaskingCorruption(level);
  }

  /** What it does to its input. */
  public Corruption corruption() {
    return corruption(level);
  }

  /** Trains it; the network's listeners follow. */
  public void train(Splits digits, int batch, int epochs) {
    network.pretrain(new ViewIterator(digits.train().dataSet(), batch), epochs);
  }

  /** Its filters, and what it makes of the first test images, corrupted from a seed. */
  public RunPictures pictures(Splits digits, long seed) {
    return RunPictures.of(
        StackedDenoisingAutoEncoder.of(network), corruption(level), digits.test(), seed);
  }

  /** The reconstruction error of each test image, in nats. */
  public double[] errors(Splits digits, ProgressListener progress) {
    return ReconstructionErrors.of(
        StackedDenoisingAutoEncoder.of(network), digits.test(), progress);
  }

  /** Denoising autoencoders side by side that differ in their corruption. */
  public record TutorialPage(List<Level> levels) {

    /**
     * One of them.
     *
     * @param name "corruption 0.3"
     * @param losses of each epoch, in nats per image
     * @param errors of each test image, in nats
     */
    public record Level(String name, double[] losses, RunPictures pictures, double[] errors) {

      private double lastLoss() {
        return losses[losses.length - 1];
      }

      private Tag filters() {
        return pictures.filters().get(0).tag(name);
      }

      private Optional<Tag> histogram() {
        return TestSections.histogram(name, errors);
      }

      private List<Tag> rows() {
        return List.of(
            new Picture(pictures.corrupted(), name, "").tag(),
            new Picture(pictures.reconstructed(), "reconstructed", "").tag());
      }
    }

    /** What came out, as far as there is something to be seen. */
    public List<Section> sections() {
      List<Section> sections = new ArrayList<>();
      sections.add(Section.of("result", "Result", losses()));
      curves().ifPresent(sections::add);
      sections.add(
          Section.of(
              "filters", "Filters", Tag.figures(levels.stream().map(Level::filters).toList())));
      sections.add(reconstructions());
      List<Tag> errors = levels.stream().map(Level::histogram).flatMap(Optional::stream).toList();
      if (!errors.isEmpty()) {
        sections.add(
            Section.of(
                "errors",
                "Reconstruction errors",
                Tag.figures(errors),
                Tag.note("Of clean test images, in nats; the axes differ.")));
      }
      return sections;
    }

    private Tag losses() {
      Facts facts = new Facts();
      levels.forEach(level -> facts.add("loss, " + level.name(), "%.2f nats", level.lastLoss()));
      return facts.cards();
    }

    private Optional<Section> curves() {
      List<Chart.Line> lines =
          levels.stream().map(level -> new Chart.Line(level.name(), level.losses())).toList();
      return Chart.overEpochs("Training loss", "nats per image", lines)
          .figure()
          .map(
              chart ->
                  Section.of(
                      "curves",
                      "Curves",
                      chart,
                      Tag.note(
                          "Mean over the corrupted images of each epoch during training: stronger corruption"
                              + " makes the task harder and the filters better.")));
    }

    private Section reconstructions() {
      List<Tag> rows = new ArrayList<>();
      rows.add(new Picture(levels.get(0).pictures().clean(), "clean", "").tag());
      levels.forEach(level -> rows.addAll(level.rows()));
      return Section.of(
          "reconstructions",
          "Reconstructions",
          Tag.rows(rows.toArray(Tag[]::new)),
          Tag.note("The first test images, corrupted and reconstructed from that."));
    }
  }
}
