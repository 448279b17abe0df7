package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Adam;

/** Weights depend on rows and settings, not on the cluster that trains them. */
@EnabledIf("io.github.dae4j.spark.Clusters#runOnThisJava")
class SameBitsTest {

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void aClusterAgreesWithALoop(int workers) {
    Trial trial = Trial.of(workers);
    float[] alone = trial.alone();
    assertThat(trial.on(spark, 3, Long.MAX_VALUE, null)).isEqualTo(alone);
    assertThat(trial.on(spark, 3, 0, null)).as("folded on the cluster").isEqualTo(alone);
  }

  @Test
  void theOrderOfRowsAndTheirSplitsDoNotMatter() {
    Trial trial = Trial.of(8);
    List<float[]> other = Arrays.asList(trial.rows().clone());
    Collections.shuffle(other, new java.util.Random(5));
    Trial shuffled = new Trial(8, other.toArray(float[][]::new), trial.held(), trial.updater());
    assertThat(shuffled.on(spark, 7, Long.MAX_VALUE, null)).isEqualTo(trial.alone());
  }

  @Test
  void theStateOfAnUpdaterIsAveragedToo() {
    Trial trial = Trial.of(2).with(new Adam(0.01));
    assertThat(trial.on(spark, 3, 0, null)).isEqualTo(trial.alone());
  }

  @Test
  void otherRowsGiveOtherWeights() {
    float[][] rows = Trial.rows(600, 1);
    rows[17][3] += 0.01f;
    Trial trial = Trial.of(2);
    assertThat(new Trial(2, rows, trial.held(), trial.updater()).alone())
        .isNotEqualTo(trial.alone());
  }
}
