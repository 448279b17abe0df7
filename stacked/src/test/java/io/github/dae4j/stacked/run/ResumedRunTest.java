package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

/** However often and wherever a run is interrupted, it ends with the same bits. */
class ResumedRunTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void stoppedAgainAndAgain(RunCases kind) throws IOException {
    Outcome whole = Outcome.of(run(kind, "whole", 60).start(kind.stack()), folder);
    TrainingRun run = run(kind, "stopped", 60);
    int stops = 0;
    TrainingResult result = null;
    while (result == null) {
      StackedDenoisingAutoEncoder stack = kind.stack();
      listen(stack, new Countdown(1 + stops % 3, run::stop));
      if (stops > 0) {
        Nd4j.rand(2, stops); // what is drawn between does not count
      }
      try {
        result = run.hasCheckpoint() ? run.resume(stack) : run.start(stack);
      } catch (TrainingStoppedException e) {
        assertThat(e).hasMessageStartingWith("training was stopped; its checkpoint holds: ");
        stops++;
      }
    }
    assertThat(stops).isGreaterThan(5);
    Outcome.of(result, folder).requireSameAs(whole);
  }

  @ParameterizedTest
  @EnumSource
  void crashedAgainAndAgain(RunCases kind) throws IOException {
    Outcome whole = Outcome.of(run(kind, "whole", 60).start(kind.stack()), folder);
    TrainingRun run = run(kind, "crashed", 60);
    int crashes = 0;
    TrainingResult result = null;
    for (int steps = 5; result == null; steps++) {
      StackedDenoisingAutoEncoder stack = kind.stack();
      listen(stack, new Countdown(steps, ResumedRunTest::crash));
      try {
        result = run.hasCheckpoint() ? run.resume(stack) : run.start(stack);
      } catch (ArithmeticException e) {
        crashes++;
      }
    }
    assertThat(crashes).isGreaterThan(1);
    Outcome.of(result, folder).requireSameAs(whole);
    assertThat(filesOf("crashed")).hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aFinishedRunGivesItsResultAgain(RunCases kind) throws IOException {
    TrainingRun run = run(kind, "finished", 0);
    Outcome first = Outcome.of(run.start(kind.stack()), folder);
    Outcome.of(run.resume(kind.stack()), folder).requireSameAs(first);
  }

  @Test
  void aRunIsWhatTheTrainersDoByThemselves() throws IOException {
    RunCases kind = RunCases.SUPERVISED;
    TrainingResult result = run(kind, "run", 0).start(kind.stack());
    StackedDenoisingAutoEncoder plain = kind.stack();
    plain.pretrain(RunCases.pretrainer(RunCases.plan()).build(), RunCases.train());
    plain.fineTune(RunCases.supervisedTuner(), RunCases.train(), RunCases.held());
    assertThat(result.stack().network().params().toFloatVector())
        .containsExactly(plain.network().params().toFloatVector());
  }

  @Test
  void anInterruptedThreadTrainsAndKeepsItsCheckpoints() throws IOException {
    RunCases kind = RunCases.SUPERVISED;
    Outcome whole = Outcome.of(run(kind, "whole", 0).start(kind.stack()), folder);
    Thread.currentThread().interrupt();
    try {
      Outcome.of(run(kind, "interrupted", 0).start(kind.stack()), folder).requireSameAs(whole);
      Outcome.of(run(kind, "interrupted", 0).resume(kind.stack()), folder).requireSameAs(whole);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void anUnrolledStackKeepsItsPropertiesAndListeners() {
    RunCases kind = RunCases.UNROLLED_WITHOUT_VALIDATION;
    StackedDenoisingAutoEncoder named =
        StackedDenoisingAutoEncoder.of(kind.stack().network(), null, Map.of("size", "3x4"));
    Countdown countdown = new Countdown(Integer.MAX_VALUE, ResumedRunTest::crash);
    listen(named, countdown);
    TrainingRun run = run(kind, "named", 0);
    for (StackedDenoisingAutoEncoder stack :
        List.of(run.start(named).stack(), run.resume(named).stack())) {
      assertThat(stack.properties()).containsExactly(Map.entry("size", "3x4"));
      assertThat(stack.network().getListeners()).containsExactly(countdown);
    }
  }

  private static void crash() {
    throw new ArithmeticException("crash");
  }

  private static void listen(StackedDenoisingAutoEncoder stack, Countdown countdown) {
    stack.network().setListeners(countdown);
  }

  private TrainingRun run(RunCases kind, String name, int seconds) {
    return kind.stages(
            new TrainingRun.Builder()
                .directory(folder.resolve(name))
                .interval(Duration.ofSeconds(seconds)))
        .build();
  }

  private Stream<Path> filesOf(String name) throws IOException {
    return Files.list(folder.resolve(name).resolve("checkpoints"));
  }

  /** Does something after so many steps. */
  private static final class Countdown extends BaseTrainingListener implements ScoreListener {

    private final Runnable end;
    private int left;

    Countdown(int steps, Runnable end) {
      left = steps;
      this.end = end;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      if (--left == 0) {
        end.run();
      }
    }
  }
}
