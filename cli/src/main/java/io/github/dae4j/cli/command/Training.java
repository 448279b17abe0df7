package io.github.dae4j.cli.command;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.console.UiOptions.OpenPages;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.ExperimentRun;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.RunLock;
import io.github.dae4j.cli.experiment.TrainingReport;
import io.github.dae4j.stacked.run.TrainingResult;
import io.github.dae4j.stacked.run.TrainingStoppedException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How train and resume train in a directory, and what they say.
 *
 * @param free throws if the directory may not be used, asked when others are locked out
 */
record Training(TrainingOptions options, RunFiles directory, Runnable free) {

  /** What --json says at the end. */
  private record Result(String directory, TrainingReport report) {}

  /**
   * Trains and says what came out; or how to go on, if it was stopped. The configuration is written
   * into the directory as soon as the digits are there.
   *
   * @return the exit code
   */
  int run(ExperimentConfiguration configuration) {
    String backend = Backends.startQuietly(options.threads().or(configuration));
    try (OpenPages pages = options.openPages()) {
      int exitCode = run(configuration, backend, pages);
      if (exitCode == CommandRunner.OK) {
        pages.stay();
      }
      return exitCode;
    }
  }

  private int run(ExperimentConfiguration configuration, String backend, OpenPages pages) {
    Experiment experiment = open(configuration);
    pages.requireSquares(experiment.digits().train().shape());
    try (RunLock lock = directory.lock()) {
      free.run();
      return run(experiment, backend, pages, lock);
    }
  }

  @SuppressWarnings("try") // the interruption has nothing to do but to be open
  private int run(Experiment experiment, String backend, OpenPages pages, RunLock lock) {
    try (TrainingProgress progress =
        new TrainingProgress(experiment.layers(), experiment.fineTuning(), options.console())) {
      ExperimentRun run = new ExperimentRun(experiment, directory, List.of(progress));
      directory.begin(experiment.configuration(), lock); // there is something to train
      show(experiment, run, pages);
      try (Interruption unused = new Interruption(run::stop)) {
        return run(run, progress, backend);
      }
    }
  }

  private int run(ExperimentRun run, TrainingProgress progress, String backend) {
    try {
      TrainingResult trained = run.train();
      progress.close();
      TrainingReport report = finish(run, trained, backend);
      summarize(report);
      return CommandRunner.OK;
    } catch (TrainingStoppedException e) {
      progress.close();
      return options.stopped(e, directory.path());
    } catch (RuntimeException e) { // told here, while Ctrl-C still waits for the run's end
      progress.close();
      return options.fail(e);
    }
  }

  private TrainingReport finish(ExperimentRun run, TrainingResult trained, String backend) {
    try (Stages stages = new Stages(options.console())) {
      return run.finish(trained, options.commandLine(), backend, stages);
    }
  }

  private static void show(Experiment experiment, ExperimentRun run, OpenPages pages) {
    pages.show(
        "stack",
        run.network(),
        experiment.shownDigits(),
        experiment.configuration().stack().layers().get(0).corruption(),
        experiment.steps());
  }

  /** Says what came out of a run. */
  void summarize(TrainingReport report) {
    Console console = options.console();
    String path = directory.path().toAbsolutePath().normalize().toString();
    console.result(new Result(path, report));
    if (!console.isJson()) {
      new Summary(console.out()).print(report);
    }
    console.line("Model, pictures, report.html and report.json are in %s", path);
  }

  private Experiment open(ExperimentConfiguration configuration) {
    try (Stages stages = new Stages(options.console())) {
      return Experiment.open(configuration, stages);
    }
  }

  /**
   * While it is open, Ctrl-C (or an end that the system asks for) first calls {@code stop} and
   * waits until it is closed, or for a minute.
   */
  static final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    Interruption(Runnable stop) {
      hook =
          new Thread(
              () -> {
                stop.run();
                awaitClose();
              },
              "interruption");
      Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitClose() {
      try {
        closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // then the process ends at once
      }
    }

    @Override
    public void close() {
      closed.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending: the hook has run, or has seen that this is closed.
      }
    }
  }
}
