package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.DivergedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;

/** What is wrong is said once, on the driver, in one sentence, before anything is written. */
@EnabledIf("io.github.dae4j.spark.Clusters#runOnThisJava")
class BadInputTest {

  private static final DataType ARRAY = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final StructType SCHEMA =
      new StructType()
          .add("x", ARRAY)
          .add("label", DataTypes.StringType)
          .add("held", DataTypes.BooleanType);

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

  private static Dataset<Row> rows(Object... arrays) {
    List<Row> rows = new ArrayList<>();
    for (Object array : arrays) {
      rows.add(RowFactory.create(array, rows.size() % 2 == 0 ? "a" : "b", false));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private StackedDenoisingAutoEncoderEstimator estimator() {
    return new StackedDenoisingAutoEncoderEstimator()
        .setFeaturesCol("x")
        .setLayers(3)
        .setEpochs(1)
        .setPartitions(4)
        .setCheckpointDirectory(folder.resolve("checkpoints").toString());
  }

  private void assertRefused(
      StackedDenoisingAutoEncoderEstimator estimator, Dataset<Row> rows, String... parts) {
    assertThatThrownBy(() -> estimator.fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n", "Exception");
    assertThat(Files.exists(folder.resolve("checkpoints"))).isFalse();
  }

  private static double[] row(double... cells) {
    return cells;
  }

  @ParameterizedTest
  @MethodSource
  void labelsThatAreMissing(Object label) {
    assertThat(new RowReader.Label("y", Map.of("1", 0, "2", 1)).of(label)).isNaN();
    assertThat(RowReader.Label.isMissing(label)).isTrue();
  }

  static Stream<Object> labelsThatAreMissing() {
    return Stream.of(null, Double.NaN, Float.NaN);
  }

  @Test
  void columnsThatAreMissingOrOfAWrongType() {
    Dataset<Row> rows = rows(row(0, 1));
    assertRefused(
        estimator().setFeaturesCol("y"), rows, "column 'y' is missing", "[x, label, held]");
    assertRefused(
        estimator().setFeaturesCol("label"), rows, "column 'label' must be a vector", "string");
    assertRefused(estimator().setLabelCol("x"), rows, "column 'x' must be a number");
    assertRefused(
        estimator().setValidationCol("label"), rows, "column 'label' must be boolean, got string");
    assertRefused(
        estimator().setOutputCol("held"), rows, "column 'held' must not be there already");
  }

  @Test
  void cellsThatAreNoNumbers() {
    assertRefused(
        estimator(),
        rows(row(0, 1), row(0, Double.NaN)),
        "column 'x' must hold finite numbers (missingAllowed",
        "got NaN at index 1");
    assertRefused(
        estimator().setMissingAllowed(true),
        rows(row(0, 1), row(Double.POSITIVE_INFINITY, 0)),
        "got Infinity at index 0");
    assertRefused(
        estimator(), rows(row(0, 1), row(0, 255)), "[0, 1] under cross-entropy, got 255.0");
    assertRefused(estimator(), rows(row(0, 1), null), "column 'x' must not be null");
    assertRefused(estimator(), rows(row(0, 1), row(0, 1, 1)), "must have 2 numbers", "got 3");
    assertRefused(estimator(), rows(row(0, 1e300)), "got 1.0E300");
    assertRefused(
        estimator().setLoss("squared"), rows(row(0, 1e300), row(0, 1)), "got 1.0E300 at index 1");
  }

  @Test
  void tooFewRows() {
    assertRefused(estimator(), rows(), "there is no row to train on");
    assertRefused(
        estimator().setValidationCol("held"),
        rows(row(0, 1)).withColumn("held", functions.lit(true)),
        "all 1 are validation rows");
    assertRefused(estimator().setLabelCol("label"), rows(row(0, 1)), "from 2 to 1000", "[a]");
  }

  @Test
  void parametersOutOfTheirRange() {
    Dataset<Row> rows = rows(row(0, 1));
    assertRefused(estimator().setBatchSize(0), rows, "batchSize must be >= 1, got 0");
    assertRefused(estimator().setEpochs(1, 2), rows, "epochs must be one number or one for each");
    assertRefused(estimator().setBlockMomentum(1), rows, "blockMomentum must be in [0, 1)", "1.0");
    assertRefused(estimator().setLearningRate(Double.NaN), rows, "learningRate", "NaN");
    assertRefused(estimator().setPatience(2), rows, "patience must be 0 without a validationCol");
    assertRefused(estimator().setCorruption("[{]"), rows, "corruption must be a JSON array");
    assertRefused(estimator().setActivation("sigmod"), rows, "activation must be one of", "sigmod");
    assertRefused(estimator().setLoss("mse"), rows, "loss must be cross-entropy or squared");
    assertRefused(estimator().setConfiguration("{}"), rows, "configuration must be a network");
    assertRefused(
        estimator().setStack(StackedDenoisingAutoEncoder.builder(3, 2).build()),
        rows,
        "configuration must have nIn 2, as the rows, got 3");
  }

  @Test
  void aNormalizationIsNotLostInSilence() {
    StackedDenoisingAutoEncoder scaled =
        StackedDenoisingAutoEncoder.builder(2, 2)
            .normalization(new ImagePreProcessingScaler())
            .build();
    assertThatThrownBy(() -> estimator().setStack(scaled))
        .hasMessageStartingWith("stack must have no normalization");
  }

  @Test
  void fewRowsAndEmptyPartitionsTrain() {
    Dataset<Row> one = rows(row(0, 1)).repartition(3);
    assertThat(estimator().fit(one).transform(one).count()).isEqualTo(1);
  }

  @Test
  void aTrainingThatDivergesSaysWhere() {
    assertThatThrownBy(
            () ->
                estimator()
                    .setLoss("squared")
                    .setLearningRate(1e30)
                    .setEpochs(20)
                    .fit(rows(row(0, 1), row(1, 3), row(2, 5), row(1, 1), row(0, 7))))
        .isInstanceOf(DivergedException.class)
        .message()
        .contains("diverged: its")
        .doesNotContain("\n");
  }

  @Test
  void rowsOfAnotherWidthAreNotServed() {
    StackedDenoisingAutoEncoderModel model =
        StackedDenoisingAutoEncoderModel.of(StackedDenoisingAutoEncoder.builder(3, 2).build())
            .setFeaturesCol("x");
    assertThatThrownBy(() -> model.transform(rows(row(0, 1))).count())
        .rootCause()
        .hasMessage("column 'x' must have 3 numbers in each row, as the model, got 2");
    assertThatThrownBy(() -> model.setFeaturesCol("z").transform(rows(row(0, 1))))
        .hasMessageContaining("column 'z' is missing");
  }

  @Test
  void aCheckpointOfOtherSettingsOrRowsIsRefusedByName() {
    Dataset<Row> rows = rows(row(0, 1), row(1, 0), row(0.5, 1));
    estimator().fit(rows);
    assertThatThrownBy(() -> estimator().setBatchSize(7).fit(rows))
        .hasMessageContaining("batchSize is 7, was 20");
    assertThatThrownBy(() -> estimator().fit(rows(row(0, 1), row(1, 0), row(0.5, 0.9))))
        .hasMessageContaining("digest of the rows is ");
    assertThat(estimator().setOutputCol("z").fit(rows)).isNotNull();
  }
}
