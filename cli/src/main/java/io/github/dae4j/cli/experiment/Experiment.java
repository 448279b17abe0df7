package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.FineTuningConfiguration;
import io.github.dae4j.cli.config.ImageData;
import io.github.dae4j.cli.config.YamlReader;
import io.github.dae4j.cli.experiment.TrainingReport.ImageDigest;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.PartlyLabelledIterator;
import io.github.dae4j.stacked.finetuning.Patience;
import io.github.dae4j.stacked.finetuning.ShuffledIterator;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import io.github.dae4j.stacked.run.TrainingRun;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A configuration and its digits: what a run trains, and on what. */
public record Experiment(ExperimentConfiguration configuration, Splits digits) {

  private static final int FEWEST_CLASSES = 2;
  private static final int VALIDATION_BATCH = 256;

  /** Settles what the images decide. */
  public Experiment {
    configuration = configuration.resolved(digits.train().size());
    if (configuration.isClassified() && !digits.train().isLabelled()) {
      throw new DataException(
          "%s: has no classes, as sub-folders are, which fine-tuning by the objective"
                  .formatted(digits.name())
              + " classification needs");
    }
    if (configuration.isClassified() && digits.train().classes().size() < FEWEST_CLASSES) {
      throw new DataException(
          "%s: has but one class, '%s', where fine-tuning by the objective classification needs two;"
                  .formatted(digits.name(), digits.train().classes().get(0))
              + " a configuration without fine-tuning trains without labels");
    }
  }

  /** Draws, downloads or reads the images that the configuration names. */
  public static Experiment open(ExperimentConfiguration configuration, ProgressListener progress) {
    return new Experiment(configuration, ConfiguredImages.open(configuration, progress));
  }

  /** What tells images of the user's own from the same changed; null of others. */
  public ImageDigest ownImages() {
    return configuration.data() instanceof ImageData.Own
        ? new ImageDigest(digits.size(), digits.sha256())
        : null;
  }

  /** How long each layer is pretrained, at most, by its index; empty without pretraining. */
  public List<Stage> layers() {
    if (configuration.pretraining() == null) {
      return List.of();
    }
    return IntStream.range(0, configuration.stack().layers().size()).mapToObj(this::layer).toList();
  }

  private Stage layer(int index) {
    LayerPlan plan = configuration.pretraining().plan(index);
    return Stage.of("layer " + index, plan.epochs(), digits.train().size(), plan.minibatch());
  }

  /** How long fine-tuning is, at most; null without it. */
  public Stage fineTuning() {
    FineTuningConfiguration fineTuning = configuration.fineTuning();
    return fineTuning == null
        ? null
        : Stage.of("fine-tuning", fineTuning.epochs(), imagesOfAnEpoch(), fineTuning.batch());
  }

  /** How many minibatches all of this is, at most. */
  public long steps() {
    return Stream.concat(layers().stream(), Stream.ofNullable(fineTuning()))
        .mapToLong(Stage::steps)
        .sum();
  }

  /** The first images of the test. */
  public INDArray shownDigits() {
    return digits.shown();
  }

  /** The same digits by a configuration that is changed in what does not choose them. */
  public Experiment with(String... overrides) {
    return new Experiment(
        YamlReader.read("the configuration", configuration.toYaml(), List.of(overrides)), digits);
  }

  /** A stack with fresh weights. */
  public StackedDenoisingAutoEncoder newStack() {
    ImageSet train = digits.train();
    return configuration.newStack(train.shape().values(), train.classes().size());
  }

  /** The run that trains such a stack. */
  TrainingRun run(RunFiles directory) {
    TrainingRun.Builder run =
        new TrainingRun.Builder()
            .directory(directory.path())
            .interval(configuration.checkpointInterval());
    configuration
        .pretrainer()
        .ifPresent(builder -> run.pretraining(builder.build(), pretrainingImages(), heldOut()));
    configuration
        .fineTuner(imagesOfAnEpoch())
        .ifPresent(builder -> addFineTuning(run, builder.build()));
    return run.build();
  }

  /** Pretrains a stack as {@link #run} does. */
  public List<LayerResult> pretrain(StackedDenoisingAutoEncoder stack) {
    return stack.pretrain(
        configuration.pretrainer().orElseThrow().build(), pretrainingImages(), heldOut());
  }

  /** Fine-tunes a stack to classify as {@link #run} does. */
  public FineTuningResult fineTune(StackedDenoisingAutoEncoder stack) {
    FineTuner tuner = configuration.fineTuner(imagesOfAnEpoch()).orElseThrow().build();
    return stack.fineTune(tuner, fineTuningImages(), validation());
  }

  /** The same, but for the patience. */
  public FineTuningResult fineTune(StackedDenoisingAutoEncoder stack, Patience patience) {
    FineTuner tuner =
        configuration.fineTuner(imagesOfAnEpoch()).orElseThrow().patience(patience).build();
    return stack.fineTune(tuner, fineTuningImages(), validation());
  }

  /** What early stopping measures, null where there is none. */
  private DataSetIterator heldOut() {
    return configuration.pretraining().stopsEarly() ? validation() : null;
  }

  private void addFineTuning(TrainingRun.Builder run, FineTuner tuner) {
    if (configuration.isUnrolled()) {
      run.unrolledTuning(tuner, fineTuningImages(), validation());
    } else {
      run.fineTuning(tuner, fineTuningImages(), validation());
    }
  }

  private DataSetIterator pretrainingImages() {
    return new ViewIterator(dataSet(digits.train()), configuration.pretraining().batch());
  }

  private DataSetIterator fineTuningImages() {
    FineTuningConfiguration fineTuning = configuration.fineTuning();
    if (configuration.isLadder()) {
      return new PartlyLabelledIterator(
          labelled().dataSet(), digits.train().images(), fineTuning.batch(), configuration.seed());
    }
    return fineTuning.shuffle()
        ? new ShuffledIterator(dataSet(labelled()), fineTuning.batch(), configuration.seed())
        : new ViewIterator(dataSet(labelled()), fineTuning.batch());
  }

  /** Null where there are no such images. */
  private DataSetIterator validation() {
    return digits.validation() == null
        ? null
        : new ViewIterator(dataSet(digits.validation()), VALIDATION_BATCH);
  }

  /** A ladder sees all images in an epoch, and those with labels again and again. */
  private int imagesOfAnEpoch() {
    return configuration.isLadder() ? digits.train().size() : labelled().size();
  }

  private ImageSet labelled() {
    Integer labels = configuration.data().labels();
    if (labels == null || labels >= digits.train().size()) {
      return digits.train();
    }
    return configuration.data().balanced()
        ? digits.train().balanced(labels, configuration.seed())
        : digits.train().first(labels);
  }

  /** Images without classes are their own labels, which nobody looks at. */
  private static DataSet dataSet(ImageSet images) {
    return images.isLabelled() ? images.dataSet() : new DataSet(images.images(), images.images());
  }

  /** A stretch of epochs: how many at most, and how many minibatches each has. */
  public record Stage(String name, int epochs, int minibatches) {

    /** The minibatches of all epochs. */
    public long steps() {
      return (long) epochs * minibatches;
    }

    /** So many epochs of images. */
    public static Stage of(String name, int epochs, int images, int batch) {
      return new Stage(name, epochs, (images + batch - 1) / batch);
    }
  }
}
