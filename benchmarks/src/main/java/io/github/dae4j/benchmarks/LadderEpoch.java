package io.github.dae4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.PartlyLabelledIterator;
import io.github.dae4j.stacked.ladder.Ladder;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What an epoch of a ladder network takes, 784-1000-500-250-250-250-10 with 100 labels. */
@Command(
    name = "ladder-epoch",
    description = "Times epochs of a ladder network as configs/mnist-100-labels.yaml has it.",
    showDefaultValues = true,
    sortOptions = false)
public final class LadderEpoch implements Callable<Integer> {

  private static final int LABELS = 100;

  @Mixin private MeasurementOptions options = new MeasurementOptions();

  public static void main(String[] args) {
    System.exit(CommandRunner.execute(new CommandLine(new LadderEpoch()), args));
  }

  @Override
  public Integer call() {
    options.start();
    ImageSet images = options.images();
    PretrainableNetwork network =
        Networks.classifier(
            Activation.RELU,
            (int) images.images().size(1),
            images.classes().size(),
            new Adam(0.002),
            1000,
            500,
            250,
            250,
            250);
    CpuTime time = new CpuTime();
    network.setListeners(time);
    FineTuner tuner =
        new FineTuner.Builder()
            .epochs(options.epochs())
            .updater(new Adam(0.002))
            .ladder(new Ladder.Builder().build())
            .build();
    FineTuningResult result =
        tuner.fit(
            network,
            new PartlyLabelledIterator(
                images.first(LABELS).dataSet(), images.images(), options.batch(), 1));
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      Measured.print("epoch.%d.seconds".formatted(epoch), result.epochs().get(epoch).seconds());
      Measured.print("epoch.%d.loss".formatted(epoch), result.epochs().get(epoch).trainingLoss());
    }
    PeakMemory.print();
    return 0;
  }

  /** Of all threads, which a busy machine does not lengthen as much as the wall's. */
  private static final class CpuTime extends BaseTrainingListener {

    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long before = system.getProcessCpuTime();
    private int epoch;

    @Override
    public void onEpochEnd(Model model) {
      long now = system.getProcessCpuTime();
      Measured.print("epoch.%d.cpu.seconds".formatted(epoch++), (now - before) / 1e9);
      before = now;
    }
  }
}
