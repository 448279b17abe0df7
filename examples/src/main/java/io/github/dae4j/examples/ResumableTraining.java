package io.github.dae4j.examples;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.ShuffledIterator;
import io.github.dae4j.stacked.pretraining.EarlyStopping;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.run.TrainingResult;
import io.github.dae4j.stacked.run.TrainingRun;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A long job that survives a crash: kill it at any time, start it again, and it ends with the same
 * model to the bit.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=ResumableTraining}.
 */
public final class ResumableTraining {

  private ResumableTraining() {}

  /** Whether it began from a checkpoint, and the best validation error in [0, 1]. */
  public record Result(boolean resumed, double validationError) {}

  public static void main(String[] args) {
    ImageSet digits = DrawnDigits.draw(2500, 1);
    Result result =
        run(digits.first(2000), digits.range(2000, 2500), Path.of("output/example-run"));
    System.out.printf(
        "%s; validation error %.2f %%%n",
        result.resumed() ? "resumed" : "started afresh", 100 * result.validationError());
  }

  static Result run(ImageSet digits, ImageSet others, Path folder) {
    DataSetIterator train = new ShuffledIterator(digits.dataSet(), 20, 1);
    DataSetIterator validation = new ViewIterator(others.dataSet(), 500);
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(784, 200, 200)
            .corruption(new MaskingCorruption(0.2))
            .output(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
            .seed(1)
            .build();

    // region trainers
    GreedyPretrainer pretrainer =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(15).withEarlyStopping(new EarlyStopping(3, 0.001)))
            .plan(1, LayerPlan.ofEpochs(10).withCorruption(new MaskingCorruption(0.4))) // layer 1
            .seed(1)
            .build();
    FineTuner tuner =
        new FineTuner.Builder().epochs(20).updater(new Adam(0.001)).dropout(0.1, 0.3).build();
    // endregion

    // region run
    TrainingRun run =
        new TrainingRun.Builder()
            .directory(folder)
            .pretraining(pretrainer, train, validation)
            .fineTuning(tuner, train, validation)
            .build();
    boolean resumed = run.hasCheckpoint();
    TrainingResult result = resumed ? run.resume(stack) : run.start(stack);
    // endregion
    return new Result(resumed, result.fineTuning().best().score());
  }
}
