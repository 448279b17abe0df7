package io.github.dae4j.cli.study;

import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.cli.experiment.RunCurves;
import io.github.dae4j.cli.experiment.RunPictures;
import io.github.dae4j.cli.experiment.TestResult.Classification;
import io.github.dae4j.cli.experiment.TestSections;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.Section;
import io.github.dae4j.report.Section.Facts;
import io.github.dae4j.report.Tag;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/** The Deep Learning Tutorials' SdA: how stacks for some digits are made and trained. */
public record TutorialStack(Settings settings, Splits digits) {

  /**
   * How they are trained.
   *
   * @param widths of the codes, from the first to the top
   * @param level of masking
   * @param pretrainEpochs of each layer
   * @param pretrainRate of SGD, and {@code rate} that of fine-tuning
   */
  public record Settings(
      List<Integer> widths,
      double level,
      int pretrainEpochs,
      double pretrainRate,
      int epochs,
      double rate,
      int batch,
      long seed) {}

  /** A stack with fresh weights, the same ones each time, and a softmax on top. */
  public StackedDenoisingAutoEncoder fresh() {
    int[] widths = settings.widths().stream().mapToInt(Integer::intValue).toArray();
    return StackedDenoisingAutoEncoder.builder((int) digits.train().images().size(1), widths)
        .corruption(corruption())
        .activation(Activation.SIGMOID)
        .seed(settings.seed())
        .updater(new Sgd(settings.pretrainRate()))
        .output(
            new OutputLayer.Builder()
                .nOut(digits.train().classes().size())
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  /** What each layer does to its input in pretraining. */
  public Corruption corruption() {
    return new MaskingCorruption(settings.level());
  }

  /** What {@link #pretrain} will do, layer by layer. */
  public List<Stage> layers() {
    return IntStream.range(0, settings.widths().size())
        .mapToObj(layer -> stage("layer " + layer, settings.pretrainEpochs()))
        .toList();
  }

  /** What {@link #fineTune} will do. */
  public Stage fineTuning(String name) {
    return stage(name, settings.epochs());
  }

  /** The minibatches of all its training. */
  public long steps() {
    return fineTuning("").steps() + layers().stream().mapToLong(Stage::steps).sum();
  }

  private Stage stage(String name, int epochs) {
    return Stage.of(name, epochs, digits.train().size(), settings.batch());
  }

  /** Pretrains a stack; its network's listeners follow, and leave it then. */
  public List<LayerResult> pretrain(StackedDenoisingAutoEncoder stack) {
    GreedyPretrainer pretrainer =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(settings.pretrainEpochs()))
            .seed(settings.seed())
            .build();
    List<LayerResult> layers = stack.pretrain(pretrainer, minibatches(digits.train()));
    stack.network().setListeners();
    return layers;
  }

  /** Fine-tunes a stack; its network's listeners follow, and leave it then. */
  public FineTuningResult fineTune(StackedDenoisingAutoEncoder stack) {
    FineTuner tuner =
        new FineTuner.Builder().epochs(settings.epochs()).updater(new Sgd(settings.rate())).build();
    FineTuningResult result =
        stack.fineTune(tuner, minibatches(digits.train()), minibatches(digits.validation()));
    stack.network().setListeners();
    return result;
  }

  /** What a trained stack looks like. */
  public RunPictures pictures(StackedDenoisingAutoEncoder stack) {
    return RunPictures.of(stack, corruption(), digits.test(), settings.seed());
  }

  private DataSetIterator minibatches(ImageSet images) {
    return new ViewIterator(images.dataSet(), settings.batch());
  }

  /**
   * A pretrained stack beside one that is not.
   *
   * @param pictures of the pretrained one, fine-tuned
   * @param errors its reconstruction errors, of each test image
   */
  public record TutorialStackPage(
      List<LayerResult> layers,
      Tuned pretrained,
      Tuned fromScratch,
      RunPictures pictures,
      double[] errors) {

    /** A network after fine-tuning. */
    public record Tuned(FineTuningResult training, Classification test) {

      private String error() {
        return "%.2f %%".formatted(100 * test.error());
      }
    }

    /** What came out. */
    public List<Section> sections() {
      List<Section> sections = new ArrayList<>();
      sections.add(Section.of("result", "Result", result()));
      curves().section().ifPresent(sections::add);
      sections.addAll(pictures.sections());
      int[][] confusion = pretrained.test().confusion();
      sections.addAll(new TestSections(errors, errors.length, confusion).sections());
      return sections;
    }

    private Tag result() {
      return new Facts()
          .add("test error, pretrained", pretrained.error())
          .add("test error, from scratch", fromScratch.error())
          .add("test images", "%,d", errors.length)
          .cards();
    }

    private RunCurves curves() {
      Map<String, FineTuningResult> both = new LinkedHashMap<>();
      both.put("pretrained", pretrained.training());
      both.put("from scratch", fromScratch.training());
      return new RunCurves(layers, both, "error");
    }
  }
}
