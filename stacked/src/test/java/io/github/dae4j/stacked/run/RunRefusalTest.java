package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import io.github.dae4j.stacked.finetuning.TwoPrototypes;
import io.github.dae4j.stacked.finetuning.ValidationScore;
import io.github.dae4j.stacked.internal.MappedIterator;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** What a run refuses, and in which words; and what it does not care about. */
class RunRefusalTest {

  private static final RunCases KIND = RunCases.SUPERVISED;
  private static final String CHANGED = "the run cannot be resumed, for it has changed: ";

  @TempDir Path folder;

  @Test
  void aDirectoryThatHasARun() {
    run().start(KIND.stack());
    assertThatThrownBy(() -> run().start(KIND.stack()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            folder + " already has a checkpoint: resume that run, or start in another directory");
  }

  @Test
  void nothingToResume() {
    assertThat(run().hasCheckpoint()).isFalse();
    assertThatThrownBy(() -> run().resume(KIND.stack()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("nothing to resume in %s: it has no checkpoint", folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfTheFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    TrainingRun run =
        builder(file)
            .pretraining(RunCases.pretrainer(RunCases.plan()).build(), RunCases.train())
            .build();
    assertThatThrownBy(() -> run.start(KIND.stack()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("cannot use %s for a run: Not a directory", file);
  }

  @Test
  void aChangedNetwork() {
    interrupted(4);
    StackedDenoisingAutoEncoder other =
        KIND.builder().corruption(new MaskingCorruption(0.3)).build();
    assertThatThrownBy(() -> run().resume(other))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            CHANGED
                + "network.confs[0].layer.corruption.level was 0.2, is 0.3;"
                + " network.confs[1].layer.corruption.level was 0.2, is 0.3");
  }

  @Test
  void aChangedPlan() {
    interrupted(4);
    LayerPlan plan = RunCases.plan().withMinibatch(5).withLearningRate(0.3);
    assertThatThrownBy(() -> run(plan, RunCases.train(), RunCases.train()).resume(KIND.stack()))
        .hasMessage(
            CHANGED
                + "pretraining.plan.learningRate was null, is 0.3;"
                + " pretraining.plan.minibatch was null, is 5");
  }

  @Test
  void aChangedTuner() {
    interrupted(4);
    FineTuner tuner = RunCases.tuner().epochs(7).build();
    TrainingRun run =
        builder()
            .pretraining(RunCases.pretrainer(RunCases.plan()).build(), RunCases.train())
            .fineTuning(tuner, RunCases.train(), RunCases.held())
            .build();
    assertThatThrownBy(() -> run.resume(KIND.stack()))
        .hasMessage(
            CHANGED
                + "fine-tuning.epochs was 4, is 7;"
                + " fine-tuning.freezing was FreezingSchedule{0=2, 1=1, 2=0},"
                + " is FreezingSchedule{0=0};"
                + " fine-tuning.hiddenDropout was 0.3, is null; 5 more");
  }

  @Test
  void aStageLess() {
    interrupted(4);
    TrainingRun run =
        builder()
            .pretraining(RunCases.pretrainer(RunCases.plan()).build(), RunCases.train())
            .build();
    assertThatThrownBy(() -> run.resume(KIND.stack()))
        .hasMessageStartingWith(CHANGED + "fine-tuning was supervised, is none; ");
  }

  @Test
  void changedDataOfPretraining() {
    interrupted(4);
    DataSetIterator fewer = TwoPrototypes.minibatches(TwoPrototypes.data(18), 6);
    assertThatThrownBy(() -> run(RunCases.plan(), fewer, RunCases.train()).resume(KIND.stack()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(CHANGED + "pretraining set.contents was ")
        .hasMessageEndingWith(
            "pretraining set.minibatches was 4, is 3; pretraining set.rows was 20, is 18");
  }

  @Test
  void oneChangedValue() {
    DataSet changed = TwoPrototypes.data(RunCases.ROWS);
    changed.getFeatures().putScalar(7, 3, 0.125);
    for (int steps : new int[] {4, 16, 18}) { // in pretraining, after it, in fine-tuning
      Path directory = folder.resolve("run" + steps);
      interrupted(steps, directory);
      DataSetIterator other = TwoPrototypes.minibatches(changed, 6);
      TrainingRun pretrainedOnIt = run(RunCases.plan(), other, RunCases.train(), directory);
      assertThatThrownBy(() -> pretrainedOnIt.resume(KIND.stack()))
          .hasMessageMatching(CHANGED + "pretraining set.contents was \\w{16}, is \\w{16}");
      TrainingRun tunedOnIt = run(RunCases.plan(), RunCases.train(), other, directory);
      assertThatThrownBy(() -> tunedOnIt.resume(KIND.stack()))
          .hasMessageMatching(CHANGED + "training set.contents was \\w{16}, is \\w{16}");
    }
  }

  @Test
  void whatChangesNoResultIsFree() throws IOException {
    Path directory = folder.resolve("run");
    interrupted(4, directory);
    GreedyPretrainer pretrainer =
        RunCases.pretrainer(RunCases.plan()).memoryBudget(0).workingDirectory(folder).build();
    TrainingRun other =
        builder(directory)
            .interval(Duration.ZERO)
            .pretraining(pretrainer, RunCases.train())
            .fineTuning(RunCases.supervisedTuner(), RunCases.train(), RunCases.held())
            .build();
    Outcome resumed = Outcome.of(other.resume(KIND.stack()), folder);
    Outcome whole =
        Outcome.of(
            KIND.stages(builder(folder.resolve("whole"))).build().start(KIND.stack()), folder);
    assertThat(resumed.parameters()).containsExactly(whole.parameters());
  }

  @Test
  void whatIsDrawnForMinibatchesIsNoChange() {
    TrainingRun run = withDrawnMinibatches(folder.resolve("stopped"));
    StackedDenoisingAutoEncoder stack = KIND.stack();
    stopAfter(18, run, stack);
    assertThatThrownBy(() -> run.start(stack)).isInstanceOf(TrainingStoppedException.class);
    StackedDenoisingAutoEncoder resumed = KIND.stack();
    Nd4j.rand(2, 3);
    run.resume(resumed);
    StackedDenoisingAutoEncoder whole = KIND.stack();
    withDrawnMinibatches(folder.resolve("whole")).start(whole);
    assertThat(resumed.network().params().toFloatVector())
        .containsExactly(whole.network().params().toFloatVector());
  }

  private static TrainingRun withDrawnMinibatches(Path directory) {
    return builder(directory)
        .pretraining(RunCases.pretrainer(RunCases.plan()).build(), RunCases.train())
        .fineTuning(RunCases.tuner().build(), new Drawn(RunCases.train()), RunCases.held())
        .build();
  }

  /** Minibatches with noise that is drawn anew each time. */
  private static final class Drawn extends MappedIterator {

    private static final long serialVersionUID = 1L;

    Drawn(DataSetIterator source) {
      super(source);
    }

    @Override
    protected DataSet map(DataSet minibatch) {
      INDArray x = minibatch.getFeatures();
      return new DataSet(x.add(Nd4j.rand(x.shape()).muli(0.1)), minibatch.getLabels());
    }
  }

  /** Some languages have digits of their own, which numbers in file names must not have. */
  @Test
  void theLanguageIsFree() {
    Locale own = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("fa-IR"));
      interrupted(4);
      assertThat(run().hasCheckpoint()).isTrue();
      Locale.setDefault(Locale.ENGLISH);
      assertThat(run().resume(KIND.stack()).pretraining()).hasSize(2);
    } finally {
      Locale.setDefault(own);
    }
  }

  @Test
  void anIntervalLongerThanAnyRun() {
    TrainingRun run = KIND.stages(builder().interval(Duration.ofSeconds(Long.MAX_VALUE))).build();
    assertThat(run.start(KIND.stack()).pretraining()).hasSize(2);
  }

  @Test
  void twoRunsAtATimeInADirectory() {
    StackedDenoisingAutoEncoder stack = KIND.stack();
    AtomicInteger refused = new AtomicInteger();
    stack
        .network()
        .setListeners(
            new BaseTrainingListener() {
              @Override
              public void onEpochStart(Model model) {
                assertThatThrownBy(() -> run().start(KIND.stack()))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("another run is going on in " + folder);
                if (refused.getAndIncrement() == 0) {
                  assertThat(anotherProcessGetsTheLock()).isFalse();
                }
              }
            });
    run().start(stack);
    assertThat(refused).hasPositiveValue();
    assertThat(anotherProcessGetsTheLock()).isTrue();
  }

  private boolean anotherProcessGetsTheLock() {
    try {
      return new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherProcess.class.getName(),
                  folder.resolve("lock").toString())
              .inheritIO()
              .start()
              .waitFor()
          == OtherProcess.GOT_IT;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tries to lock a file, and says by its exit code whether it could. */
  static final class OtherProcess {

    private static final int GOT_IT = 42;

    private OtherProcess() {}

    public static void main(String[] args) throws IOException {
      try (FileChannel lock = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
        System.exit(lock.tryLock() == null ? 0 : GOT_IT);
      }
    }
  }

  @Test
  void whatAKilledProcessLeftIsDeleted() throws IOException {
    interrupted(4);
    Path codes = Files.write(folder.resolve("codes/codes-123.bin"), new byte[10]);
    Path half = Files.write(folder.resolve("checkpoints/.dae4j-1f-1.tmp"), new byte[10]);
    Path own = Files.write(folder.resolve("checkpoints/notes.txt"), new byte[10]);
    run().resume(KIND.stack());
    assertThat(codes).doesNotExist();
    assertThat(half).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void stoppedBeforeThereIsAnything() {
    TrainingRun run = run();
    run.stop();
    assertThatThrownBy(() -> run.start(KIND.stack()))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessage("training was stopped; its checkpoint holds: nothing yet");
    assertThat(run.hasCheckpoint()).isFalse();
    run.start(KIND.stack());
  }

  @Test
  void aTunerThatSuitsNoFineTuningIsRefusedBeforePretraining() {
    GreedyPretrainer pretrainer = RunCases.pretrainer(RunCases.plan()).build();
    TrainingRun.Builder run = builder().pretraining(pretrainer, RunCases.train());
    FineTuner classifying =
        RunCases.tuner().validationScore(ValidationScore.CLASSIFICATION_ERROR).build();
    requireRefused(
        run.unrolledTuning(classifying, RunCases.train(), RunCases.held()),
        KIND.stack(),
        "FineTuner validationScore must be LOSS for a ReconstructionIterator, got"
            + " CLASSIFICATION_ERROR");
    FineTuner frozen = RunCases.tuner().freezing(FreezingSchedule.freezingBelow(3)).build();
    requireRefused(
        run.fineTuning(frozen, RunCases.train(), RunCases.held()),
        KIND.stack(),
        "FineTuner freezing leaves no layer to train: 3 are frozen of 3");
    requireRefused(
        run.fineTuning(RunCases.tuner().build(), RunCases.train(), RunCases.held()),
        StackedDenoisingAutoEncoder.builder(TwoPrototypes.WIDTH, 8).build(),
        "FineTuner network must end in an output layer, got a DenoisingAutoEncoder");
  }

  private static void requireRefused(
      TrainingRun.Builder run, StackedDenoisingAutoEncoder stack, String message) {
    float[] fresh = stack.network().params().toFloatVector();
    TrainingRun built = run.build();
    assertThatThrownBy(() -> built.start(stack))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(stack.network().params().toFloatVector()).containsExactly(fresh);
    assertThat(built.hasCheckpoint()).isFalse();
  }

  @Test
  void badArguments() {
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TrainingRun must be given pretraining, fineTuning or unrolledTuning");
    assertThatThrownBy(() -> builder().interval(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TrainingRun interval must be >= 0, got PT-0.001S");
    assertThatThrownBy(() -> new TrainingRun.Builder().build())
        .isInstanceOf(NullPointerException.class)
        .hasMessage("TrainingRun directory must not be null");
  }

  private void interrupted(int steps) {
    interrupted(steps, folder);
  }

  private static void interrupted(int steps, Path directory) {
    TrainingRun run = KIND.stages(builder(directory)).build();
    StackedDenoisingAutoEncoder stack = KIND.stack();
    stopAfter(steps, run, stack);
    assertThatThrownBy(() -> run.start(stack)).isInstanceOf(TrainingStoppedException.class);
  }

  private static void stopAfter(int steps, TrainingRun run, StackedDenoisingAutoEncoder stack) {
    stack.network().setListeners(new StopAfter(run, steps));
  }

  private static final class StopAfter extends BaseTrainingListener implements ScoreListener {

    private final TrainingRun run;
    private int left;

    StopAfter(TrainingRun run, int steps) {
      this.run = run;
      left = steps;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      if (--left == 0) {
        run.stop();
      }
    }
  }

  private TrainingRun run() {
    return KIND.stages(builder()).build();
  }

  private TrainingRun run(LayerPlan plan, DataSetIterator pretrain, DataSetIterator train) {
    return run(plan, pretrain, train, folder);
  }

  private static TrainingRun run(
      LayerPlan plan, DataSetIterator pretrain, DataSetIterator train, Path directory) {
    return builder(directory)
        .pretraining(RunCases.pretrainer(plan).build(), pretrain)
        .fineTuning(RunCases.supervisedTuner(), train, RunCases.held())
        .build();
  }

  private TrainingRun.Builder builder() {
    return builder(folder);
  }

  private static TrainingRun.Builder builder(Path directory) {
    return new TrainingRun.Builder().directory(directory);
  }
}
