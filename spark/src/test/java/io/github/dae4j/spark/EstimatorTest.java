package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.listener.ValidationListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/** The estimator and its model as stages of Spark ML, on vectors. */
@EnabledIf("io.github.dae4j.spark.Clusters#runOnThisJava")
class EstimatorTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
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

  /** The label is the prototype that a row comes from, as far as its largest cell tells. */
  private static Dataset<Row> rows(int n) {
    List<Row> rows = new ArrayList<>();
    for (float[] row : Trial.rows(n, 1)) {
      double[] cells = new double[row.length];
      Arrays.setAll(cells, i -> row[i]);
      double label = 0;
      for (int i = 0; i < 4; i++) {
        label = row[i] > 0.5 ? i : label;
      }
      rows.add(RowFactory.create(Vectors.dense(cells), label, rows.size() % 5 == 0));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static StackedDenoisingAutoEncoderEstimator estimator() {
    return new StackedDenoisingAutoEncoderEstimator()
        .setLayers(8, 4)
        .setCorruption(new MaskingCorruption(0.2))
        .setEpochs(3)
        .setPartitions(2)
        .setRoundsPerEpoch(2);
  }

  @Test
  void aPipelineTrainsIsSavedAndServes() throws Exception {
    Dataset<Row> rows = rows(400);
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  estimator().setErrorCol("error").setAnomalyCol("score").setReasonsCol("reasons"),
                  new LogisticRegression().setFeaturesCol("code").setLabelCol("label")
                })
            .fit(rows);
    Dataset<Row> told = model.transform(rows);
    assertThat(told.filter("prediction = label").count()).isGreaterThan(350);

    String path = folder.resolve("pipeline").toString();
    model.write().overwrite().save(path);
    Dataset<Row> again = PipelineModel.load(path).transform(rows);
    assertThat(again.collectAsList()).isEqualTo(told.collectAsList());

    Path file;
    try (var all = Files.walk(Path.of(path))) {
      file = all.filter(p -> p.endsWith("model.zip")).findFirst().orElseThrow();
    }
    Row first = told.first();
    double[] features = ((Vector) first.getAs("features")).toArray();
    float[] code =
        StackedDenoisingAutoEncoder.load(file)
            .encode(Nd4j.createFromArray(new double[][] {features}))
            .toFloatVector();
    assertThat(((Vector) first.getAs("code")).toArray()[0]).isEqualTo(code[0]);
  }

  /** Spark hands rows that a function makes to the next one as they are. */
  @Test
  void arraysOfAllKindsAreRead() {
    StackedDenoisingAutoEncoderModel model =
        StackedDenoisingAutoEncoderModel.of(
            StackedDenoisingAutoEncoder.builder(2, 1).missingAllowed(true).seed(1).build());
    StructType schema =
        new StructType().add("features", DataTypes.createArrayType(DataTypes.FloatType));
    Dataset<Row> numbers =
        spark.createDataFrame(
            List.of(RowFactory.create(List.of(0f, 1f))), schema); // a column of Spark's own
    Vector expected = model.transform(numbers).first().getAs("code");
    List<Object> arrays = List.of(new float[] {0, 1}, new Float[] {0f, 1f});
    for (Object array : arrays) {
      Dataset<Row> made =
          numbers.map(
              (MapFunction<Row, Row>) row -> RowFactory.create(array), Encoders.row(schema));
      Vector code = model.transform(made).first().getAs("code");
      assertThat(code).isEqualTo(expected);
    }
    Dataset<Row> missing =
        numbers.map(
            (MapFunction<Row, Row>) row -> RowFactory.create((Object) new Float[] {0f, null}),
            Encoders.row(schema));
    Vector code = model.transform(missing).first().getAs("code");
    assertThat(code.size()).isEqualTo(1);
  }

  @Test
  void whatIsNotLikeTheTrainingRowsIsFlaggedWithReasons() {
    StackedDenoisingAutoEncoderModel model =
        estimator().setEpochs(20).setAnomalyCol("score").setReasonsCol("reasons").fit(rows(400));
    double[] odd = new double[Trial.WIDTH];
    Arrays.fill(odd, 0.1);
    odd[0] = odd[4] = 0.85;
    odd[8] = 0; // of a prototype whose third cell is missing
    odd[9] = 1;
    Dataset<Row> rows =
        rows(300)
            .drop("held")
            .union(
                spark.createDataFrame(
                    List.of(RowFactory.create(Vectors.dense(odd), 0.0)),
                    new StructType(Arrays.copyOf(SCHEMA.fields(), 2))));
    List<Row> scored = model.transform(rows).collectAsList();
    Row last = scored.get(scored.size() - 1);
    assertThat((double) last.getAs("score"))
        .isGreaterThan(
            scored.stream()
                .limit(300)
                .mapToDouble(row -> row.<Double>getAs("score"))
                .sorted()
                .toArray()[290]);
    List<Row> reasons = last.getList(last.fieldIndex("reasons"));
    assertThat(reasons).isNotEmpty().allMatch(r -> r.getString(0).matches("features\\[\\d+]"));
    assertThat(scored.stream().filter(row -> !row.getList(row.fieldIndex("reasons")).isEmpty()))
        .hasSizeLessThan(20);
  }

  @Test
  void fineTuningPredictsTheLabel() {
    StackedDenoisingAutoEncoderModel model =
        estimator()
            .setLabelCol("label")
            .setFineTuningEpochs(20)
            .setProbabilityCol("probability")
            .fit(rows(400));
    Dataset<Row> told = model.transform(rows(400));
    assertThat(told.filter("prediction = label").count()).isGreaterThan(380);
    assertThat(model.getClasses()).containsExactly("0", "1", "2", "3");
    double sum = Arrays.stream(((Vector) told.first().getAs("probability")).toArray()).sum();
    assertThat(sum).isEqualTo(1, within(1e-5));
  }

  @Test
  void theLabelMayBeANumber() {
    Dataset<Row> rows = rows(400).withColumn("size", functions.expr("label / 7 + 1.5"));
    StackedDenoisingAutoEncoderModel model =
        estimator().setLabelCol("size").setFineTuningEpochs(40).fit(rows);
    assertThat(model.transform(rows).selectExpr("avg(abs(prediction - size))").first().getDouble(0))
        .isLessThan(0.1);
  }

  @Test
  void validationRowsEndALayerAndListenersHearOfIt() {
    List<String> heard = new ArrayList<>();
    estimator()
        .setEpochs(40)
        .setValidationCol("held")
        .setPatience(1)
        .setImprovement(0.2)
        .setListeners(new Hearing(heard))
        .fit(rows(400));
    assertThat(heard)
        .filteredOn(event -> event.startsWith("round of layer 0"))
        .hasSizeBetween(4, 60);
    assertThat(heard).filteredOn(event -> event.startsWith("error")).hasSizeLessThan(80);
    assertThat(heard).contains("epoch starts", "epoch ends");
    assertThat(heard.get(heard.size() - 1)).isEqualTo("epoch ends");
  }

  /** Writes down what it hears. */
  private static final class Hearing extends BaseTrainingListener implements ValidationListener {

    private final List<String> heard;

    Hearing(List<String> heard) {
      this.heard = heard;
    }

    @Override
    public void onEpochStart(Model model) {
      heard.add("epoch starts");
    }

    @Override
    public void onEpochEnd(Model model) {
      heard.add("epoch ends");
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      assertThat(model.score()).isFinite().isPositive();
      assertThat(model.params().length()).isPositive();
      heard.add("round of layer " + ((Layer) model).getIndex());
    }

    @Override
    public void onValidation(MultiLayerNetwork network, double score) {
      heard.add("error " + score);
    }
  }

  @Test
  void aStackOfOneMachineServes() {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(Trial.WIDTH, 5).seed(1).build();
    Row first =
        StackedDenoisingAutoEncoderModel.of(stack)
            .setReconstructionCol("z")
            .transform(rows(10))
            .first();
    assertThat(((Vector) first.getAs("code")).size()).isEqualTo(5);
    assertThat(((Vector) first.getAs("z")).size()).isEqualTo(Trial.WIDTH);
    assertThatThrownBy(
            () -> StackedDenoisingAutoEncoderModel.of(stack).setAnomalyCol("a").transform(rows(10)))
        .hasMessageContaining("the model has no detector");
  }

  @Test
  void aClassifierOfOneMachineTellsClasses() {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(Trial.WIDTH, 5)
            .output(new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
            .seed(1)
            .build();
    Row first =
        StackedDenoisingAutoEncoderModel.of(stack)
            .setProbabilityCol("probability")
            .transform(rows(10))
            .first();
    Vector probabilities = first.getAs("probability");
    assertThat(probabilities.size()).isEqualTo(3);
    assertThat((double) first.getAs("prediction")).isEqualTo(probabilities.argmax());
  }

  @Test
  void anEstimatorIsCopiedExplainedAndSaved() throws Exception {
    StackedDenoisingAutoEncoderEstimator estimator = estimator().setLearningRate(0.05);
    String explained = estimator.explainParams();
    assertThat(explained).contains("layers: the widths of the codes", "partitions: workers");
    String path = folder.resolve("estimator").toString();
    estimator.write().save(path);
    StackedDenoisingAutoEncoderEstimator read = StackedDenoisingAutoEncoderEstimator.load(path);
    Map<String, String> facts = new StackSettings(estimator).facts();
    assertThat(new StackSettings(read).facts()).isEqualTo(facts);
    assertThat(read.uid()).isEqualTo(estimator.uid());
    assertThat(new StackSettings(estimator.copy(new ParamMap())).facts()).isEqualTo(facts);
  }

  /** Spark finds a parameter by its accessor, and Java sets it by name. */
  @Test
  void allParametersHaveASetter() {
    Set<String> setters = new TreeSet<>();
    for (var method : StackedDenoisingAutoEncoderEstimator.class.getMethods()) {
      setters.add(method.getName());
    }
    for (var param : estimator().params()) {
      String name = param.name();
      assertThat(setters)
          .contains("set" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }
  }
}
