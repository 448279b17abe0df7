package io.github.dae4j.spark;

import java.util.function.Supplier;
import org.apache.spark.SparkException;

/** What failed on a worker, as what it failed with rather than as a job's report. */
final class TaskFailures {

  private TaskFailures() {}

  /**
   * Runs jobs; what a task of theirs throws is thrown here, with Spark's report as its cause.
   *
   * @throws IllegalArgumentException as a task has thrown it
   * @throws io.github.dae4j.stacked.pretraining.DivergedException likewise
   */
  static <T> T told(Supplier<T> jobs) {
    try {
      return jobs.get();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // of Spark, whose Scala declares nothing
      throw reason(e);
    }
  }

  private static RuntimeException reason(Exception report) {
    Throwable cause = report;
    while (cause instanceof SparkException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RuntimeException reason) {
      reason.addSuppressed(report);
      return reason;
    }
    return new IllegalStateException(report.getMessage(), report);
  }
}
