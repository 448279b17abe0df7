package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Executors in processes of their own, which are killed on the way: the same bits. */
@EnabledIf("io.github.dae4j.spark.Clusters#runOnThisJava")
class ClusterTest {

  @Test
  void aClusterOfProcessesAgreesWithALoopWhateverHappens() {
    try (JavaSparkContext spark = Clusters.driver("local-cluster[2,1,1024]")) {
      for (int workers : new int[] {2, 8}) {
        Trial trial = Trial.of(workers);
        assertThat(trial.on(spark, 3, Long.MAX_VALUE, null)).isEqualTo(trial.alone());
      }
      Trial trial = Trial.of(8);
      float[] alone = trial.alone();
      AtomicInteger lost = new AtomicInteger();
      spark
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                  lost.incrementAndGet();
                }
              });
      float[] weights =
          trial.on(
              spark,
              7,
              Long.MAX_VALUE,
              null,
              workers -> new FaultyWorkers(workers, ClusterTest::killAnExecutorInRound3));
      assertThat(weights).isEqualTo(alone);
      assertThat(lost).as("executors that were lost").hasPositiveValue();
    }
  }

  private static void killAnExecutorInRound3(Work.Moment moment) {
    if (moment.epoch() == 0 && moment.round() == 2) {
      assertThat(Clusters.executors()).isNotEmpty();
      Clusters.executors().get(0).destroyForcibly();
    }
  }
}
