package io.github.dae4j.stacked.run;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.ShuffledIterator;
import io.github.dae4j.stacked.internal.MappedIterator;
import io.github.dae4j.stacked.pretraining.EarlyStopping;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * A run of some seconds that says in which phase it is, to be killed in any. Arguments: the run's
 * directory, the file of the model.
 */
final class KilledProgram {

  private static final int WIDTH = 100;
  private static final int CLASSES = 5;

  private static String phase = "";

  private KilledProgram() {}

  public static void main(String[] args) throws IOException {
    TrainingRun run = run(Path.of(args[0]));
    StackedDenoisingAutoEncoder stack = stack();
    stack.network().setListeners(new Phases());
    TrainingResult result = run.hasCheckpoint() ? run.resume(stack) : run.start(stack);
    result.stack().save(Path.of(args[1]), true);
    enter("finished");
  }

  private static void enter(String next) {
    if (!next.equals(phase)) {
      phase = next;
      System.out.println(phase);
      System.out.flush();
    }
  }

  private static TrainingRun run(Path directory) {
    DataSet train = data(3000, 1);
    DataSet held = data(300, 2);
    LayerPlan plan =
        LayerPlan.ofEpochs(8).withMinibatch(20).withEarlyStopping(new EarlyStopping(7));
    GreedyPretrainer pretrainer = new GreedyPretrainer.Builder().plan(plan).memoryBudget(0).build();
    FineTuner tuner =
        new FineTuner.Builder()
            .epochs(10)
            .updater(new Nesterovs(0.05, 0.9))
            .dropout(0.1, 0.2)
            .build();
    return new TrainingRun.Builder()
        .directory(directory)
        .interval(Duration.ofMillis(100))
        .pretraining(
            pretrainer, new Announced(new ViewIterator(train, 5)), new ViewIterator(held, 100))
        .fineTuning(tuner, new ShuffledIterator(train, 20, 3), new ViewIterator(held, 100))
        .build();
  }

  private static DataSet data(int rows, long seed) {
    Random random = Nd4j.getRandomFactory().getNewRandomInstance(seed);
    INDArray x = Nd4j.rand(random, rows, WIDTH);
    INDArray labels = Nd4j.zeros(rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, (int) (x.getDouble(row, 0) * CLASSES), 1);
    }
    return new DataSet(x, labels);
  }

  private static StackedDenoisingAutoEncoder stack() {
    return StackedDenoisingAutoEncoder.builder(WIDTH, 60, 40)
        .corruption(new MaskingCorruption(0.2))
        .seed(1)
        .updater(new Adam(0.002))
        .output(new OutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build())
        .build();
  }

  /** Says that the codes of the lowest layer are being cached. */
  private static final class Announced extends MappedIterator {

    private static final long serialVersionUID = 1L;

    Announced(DataSetIterator source) {
      super(source);
    }

    @Override
    protected DataSet map(DataSet minibatch) {
      enter("caching");
      return minibatch;
    }
  }

  /** Says what is being trained; after the last epoch of a layer, codes may be computed. */
  private static final class Phases extends BaseTrainingListener implements ScoreListener {

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      enter(model instanceof MultiLayerNetwork ? "fine-tuning" : "pretraining");
    }
  }
}
