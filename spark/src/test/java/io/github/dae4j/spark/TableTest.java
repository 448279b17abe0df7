package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.TableModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Columns of numbers and words, as they come: a schema is fitted, carried, and used elsewhere. */
@EnabledIf("io.github.dae4j.spark.Clusters#runOnThisJava")
class TableTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("age", DataTypes.IntegerType)
          .add("job", DataTypes.StringType)
          .add("income", DataTypes.DoubleType)
          .add("married", DataTypes.BooleanType)
          .add("rich", DataTypes.StringType);

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = Clusters.session();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** A doctor earns more than a clerk, and more with age; some cells are missing. */
  private static Dataset<Row> people(int n, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean isDoctor = random.nextBoolean();
      int age = 20 + random.nextInt(45);
      double income = (isDoctor ? 4000 : 2000) + 30 * age + 100 * random.nextGaussian();
      rows.add(
          RowFactory.create(
              random.nextInt(20) == 0 ? null : age,
              isDoctor ? "doctor" : "clerk",
              income,
              age > 40,
              income > 4000 ? "yes" : "no"));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static StackedDenoisingAutoEncoderEstimator estimator() {
    return new StackedDenoisingAutoEncoderEstimator()
        .setInputCols("age", "job", "income", "married")
        .setLayers(24, 8)
        .setLearningRate(0.02)
        .setEpochs(15)
        .setPartitions(2)
        .setAnomalyCol("score")
        .setErrorCol("error")
        .setReasonsCol("reasons")
        .setReconstructionCol("expected");
  }

  @Test
  void aModelScoresAndExplainsAlsoOnOneMachine() throws Exception {
    StackedDenoisingAutoEncoderModel model = estimator().fit(people(600, 1));
    Dataset<Row> odd =
        spark.createDataFrame(
            List.of(
                RowFactory.create(50, "astronaut", 3500.0, true, "no"),
                RowFactory.create(50, "clerk", 90000.0, true, "no"),
                RowFactory.create(null, null, null, null, null)),
            SCHEMA);
    List<Row> told = model.transform(people(200, 2).union(odd)).collectAsList();
    List<Row> last = told.subList(200, 203);
    assertThat(reason(last.get(0))).isEqualTo("job");
    assertThat(reason(last.get(1))).isEqualTo("income");
    assertThat(told.stream().limit(200).filter(row -> reason(row) != null)).hasSizeLessThan(15);
    assertThat((double) last.get(2).getAs("score")).isFinite();
    assertThat(told.get(0).<List<String>>getList(told.get(0).fieldIndex("expected"))).hasSize(4);

    Path path = folder.resolve("model");
    model.write().save(path.toString());
    assertThat(
            StackedDenoisingAutoEncoderModel.load(path.toString()).transform(odd).collectAsList())
        .isEqualTo(model.transform(odd).collectAsList());
    TableModel alone = TableModel.load(path.resolve("model.zip"));
    Row first = told.get(7);
    Map<String, Object> cells = new HashMap<>();
    for (String name : List.of("age", "job", "income", "married")) {
      cells.put(name, first.getAs(name));
    }
    RowScore score = alone.score(cells);
    assertThat(score.value()).isEqualTo((double) first.getAs("score"));
  }

  @Test
  void theSnippetOfTheDocumentationRuns() {
    Dataset<Row> trainingRows =
        people(200, 1).withColumn("label", functions.expr("double(rich = 'yes')"));
    Dataset<Row> newRows = trainingRows;
    // region pipeline
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StackedDenoisingAutoEncoderEstimator()
                      .setInputCols("age", "job", "income") // numbers, words, dates
                      .setLayers(50, 20)
                      .setLearningRate(0.01)
                      .setEpochs(5)
                      .setPartitions(2)
                      .setOutputCol("code")
                      .setAnomalyCol("score")
                      .setReasonsCol("reasons"),
                  new LogisticRegression().setFeaturesCol("code").setLabelCol("label")
                })
            .fit(trainingRows);
    Dataset<Row> scored = model.transform(newRows);
    // endregion
    assertThat(scored.filter("prediction = label").count()).isGreaterThan(150);
  }

  private static String reason(Row row) {
    List<Row> reasons = row.getList(row.fieldIndex("reasons"));
    return reasons.isEmpty() ? null : reasons.get(0).getString(0);
  }

  @Test
  void theSameModelWhateverTheOrderOfRows() {
    Dataset<Row> rows = people(100, 3);
    StackedDenoisingAutoEncoderEstimator estimator = estimator().setEpochs(1);
    float[] weights = weights(estimator.fit(rows));
    assertThat(weights(estimator.fit(rows.orderBy("income").repartition(5)))).isEqualTo(weights);
    assertThat(weights(estimator.fit(people(100, 4)))).isNotEqualTo(weights);
  }

  private static float[] weights(StackedDenoisingAutoEncoderModel model) {
    return model.stack().network().params().toFloatVector();
  }

  @Test
  void aLabelIsPredicted() {
    StackedDenoisingAutoEncoderModel model =
        estimator()
            .setLabelCol("rich")
            .setFineTuningEpochs(15)
            .setProbabilityCol("probability")
            .fit(people(600, 1));
    Dataset<Row> told = model.transform(people(200, 2));
    assertThat(told.filter("prediction = rich").count()).isGreaterThan(180);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> estimator().fit(people(5, 1)))
        .hasMessage("a table needs at least 8 rows to train on, got 5");
    assertThatThrownBy(() -> estimator().setLabelCol("age").fit(people(50, 1)))
        .hasMessage("labelCol 'age' must not be an input");
    assertThatThrownBy(() -> estimator().fit(people(50, 1)).transform(people(50, 1).drop("job")))
        .hasMessageContaining("column 'job' is missing");
  }
}
