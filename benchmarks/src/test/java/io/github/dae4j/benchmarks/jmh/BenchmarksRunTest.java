package io.github.dae4j.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs once, with each of its parameters. */
class BenchmarksRunTest {

  private static final int STEPS = LayerStep.Step.values().length;
  private static final int TUNING_STEPS = FineTuningStep.Step.values().length;
  private static final int BATCHES = 5;
  private static final int SHAPES = Products.Shape.values().length;

  @Test
  void allOfThemRun() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(getClass().getPackageName())
                    .mode(Mode.SingleShotTime)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    assertThat(results)
        .hasSize(STEPS + TUNING_STEPS + 2 * BATCHES + 2 * BATCHES * SHAPES + 2 + 1)
        .allMatch(result -> result.getPrimaryResult().getScore() > 0);
  }
}
