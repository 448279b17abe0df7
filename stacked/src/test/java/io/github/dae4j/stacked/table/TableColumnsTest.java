package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.layer.ColumnBlock;
import io.github.dae4j.layer.MixedColumnsLoss;
import io.github.dae4j.stacked.OnnxRows;
import io.github.dae4j.stacked.StackBuilder;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A stack of two layers, trained in Java on the features of a table, as a model of the table. */
class TableColumnsTest {

  private static final List<Map<String, Object>> TRAIN = Workers.rows(400, 1);
  private static final List<Map<String, Object>> HELD_OUT = Workers.rows(200, 2);

  private static TableColumns columns;
  private static StackedDenoisingAutoEncoder stack;
  private static TableModel model;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    columns = columns("member");
    stack = stack(columns, 2, Activation.SOFTMAX).build();
    INDArray x = Nd4j.createFromArray(features(TRAIN));
    stack.pretrain(x, 40);
    stack.fineTune(
        new FineTuner.Builder().freezing(FreezingSchedule.freezingBelow(2)).epochs(20).build(),
        new ViewIterator(new DataSet(x, labels(TRAIN)), 20));
    model = columns.model(stack, features(HELD_OUT), 0.02);
  }

  private static TableColumns columns(String label) {
    return TableModel.builder().label(label).columns(Table.of(TRAIN));
  }

  private static StackBuilder stack(TableColumns columns, int outputs, Activation activation) {
    return StackedDenoisingAutoEncoder.builder(columns.schema().width(), 32, 16)
        .activation(Activation.TANH)
        .tiedWeights(false)
        .visible(Activation.IDENTITY, columns.schema().loss())
        .missingAllowed(true)
        .corruption(new SwapCorruption(0.2, columns.schema().groups()), new NoCorruption())
        .updater(new Adam(0.005))
        .dataType(DataType.FLOAT)
        .seed(1)
        .output(
            new OutputLayer.Builder(outputs == 1 ? LossFunction.MSE : LossFunction.MCXENT)
                .activation(activation)
                .nOut(outputs)
                .build());
  }

  private static float[][] features(List<Map<String, Object>> rows) {
    return rows.stream().map(columns::features).toArray(float[][]::new);
  }

  private static INDArray labels(List<Map<String, Object>> rows) {
    float[][] labels = new float[rows.size()][columns.classes().size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row][(int) columns.label(rows.get(row))] = 1;
    }
    return Nd4j.createFromArray(labels);
  }

  private static Map<String, Object> with(Map<String, Object> row, String column, Object cell) {
    Map<String, Object> other = new LinkedHashMap<>(row);
    other.put(column, cell);
    return other;
  }

  @Test
  void featuresAndLabelsAreThoseOfTheColumns() {
    assertThat(columns.schema().featureNames())
        .containsExactly("age", "salary", "job=clerk", "job=smith", "job=teacher");
    assertThat(columns.classes()).containsExactly("no", "yes");
    float[] row = columns.features(TRAIN.get(0));
    float[] others = columns.features(Map.of("age", 1e9, "salary", "a lot", "job", "pilot"));
    assertThat(row).hasSize(5);
    assertThat(Arrays.copyOfRange(row, 2, 5)).containsExactlyInAnyOrder(1, 0, 0);
    assertThat(others)
        .containsExactly(6, Float.NaN, Float.NaN, Float.NaN, Float.NaN); // far, and never seen
    assertThat(columns.features(Map.of())).containsOnly(Float.NaN);
    assertThat(columns.label(Map.of("member", "yes "))).isEqualTo(1);
    assertThat(columns.label(Map.of("member", "perhaps"))).isNaN();
    assertThat(columns.label(Map.of("member", "NA"))).isNaN();
    assertThat(columns.label(Map.of())).isNaN();
    assertThatThrownBy(() -> columns.features(Map.of("height", 180)))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("row has a column 'height', which the model does not know");
    List<List<String>> flags = List.of(List.of("1.0", "True"), List.of("2.0", "False"));
    TableColumns ofFlags =
        TableModel.builder()
            .label("is")
            .column("grade", "category")
            .columns(Table.of(List.of("grade", "is"), flags));
    assertThat(ofFlags.classes()).containsExactly("False", "True");
    assertThat(ofFlags.label(Map.of("is", true))).isEqualTo(1); // as inputs are found
    assertThat(ofFlags.features(Map.of("grade", 2))).doesNotContain(Float.NaN);
    TableColumns ofSalary = columns("salary");
    assertThat(ofSalary.classes()).isEmpty();
    float least = ofSalary.label(Map.of("salary", 20_000));
    float most = ofSalary.label(Map.of("salary", 50_000));
    assertThat(least).isBetween(-3f, 0f);
    assertThat(most).isBetween(0f, 3f);
    TableColumns without = TableModel.builder().columns(Table.of(TRAIN));
    assertThat(without.classes()).isEmpty();
    assertThat(without.label(TRAIN.get(0))).isNaN();
  }

  @Test
  void codesAndPredictionsAreThoseOfTheStackOnFeatures() {
    int right = 0;
    for (Map<String, Object> row : HELD_OUT) {
      INDArray x = Nd4j.createFromArray(new float[][] {columns.features(row)});
      assertThat(model.encode(row)).isEqualTo(stack.encode(x).toFloatVector());
      TableModel.Prediction prediction = model.predict(row);
      assertThat(prediction.probabilities().get("yes")).isEqualTo(stack.predict(x).getFloat(0, 1));
      right += prediction.label().equals(row.get("member")) ? 1 : 0;
    }
    assertThat(model.codeLength()).isEqualTo(16);
    assertThat(model.label()).contains("member");
    assertThat(right).isGreaterThan(170); // most are yes or no beyond doubt
  }

  @Test
  void rowsThatBreakTheRuleScoreHigher() {
    double[] normal =
        Workers.rows(200, 3).stream().mapToDouble(r -> model.score(r).value()).sorted().toArray();
    assertThat(Arrays.stream(normal).average().orElseThrow()).isBetween(0.7, 1.6);
    assertThat(Arrays.stream(normal).filter(score -> score > model.threshold()).count())
        .isLessThanOrEqualTo(12);
    Random random = new Random(4);
    int above = 0;
    int blamed = 0;
    List<Map<String, Object>> rows = Workers.rows(100, 5);
    for (Map<String, Object> row : rows) {
      long wrong = ((Number) row.get("salary")).longValue() < 35_000 ? 62_000 : 14_000;
      RowScore score = model.score(with(row, "salary", wrong + random.nextInt(100)));
      above += score.value() > normal[190] ? 1 : 0;
      blamed += score.reasons().get(0).column().equals("salary") ? 1 : 0;
    }
    assertThat(above).isGreaterThan(90);
    assertThat(blamed).isGreaterThan(60); // else the age, which does not fit the salary
  }

  @Test
  void whatTrainingHasNotSeenIsFlaggedAndBlamed() {
    Map<String, Object> row = HELD_OUT.get(0);
    RowScore word = model.score(with(row, "job", "astronaut"));
    assertThat(word.isAnomaly()).isTrue();
    assertThat(word.reasons().get(0).column()).isEqualTo("job");
    assertThat(word.reasons().get(0).note()).isEqualTo("never seen in training");
    assertThat(word.reasons().get(0).expected()).isIn("smith", "teacher", "clerk");
    RowScore far = model.score(with(row, "age", 4000));
    assertThat(far.isAnomaly()).isTrue();
    assertThat(far.reasons().get(0).column()).isEqualTo("age");
    assertThat(far.reasons().get(0).note()).startsWith("beyond all of training, 20 to 65");
    int age = 0;
    assertThat(far.contributions()[age]).isGreaterThan(model.threshold());
    double[] without = model.score(with(row, "age", null)).contributions();
    assertThat(far.contributions()[1]).isEqualTo(without[1]); // it is hidden from the others
    RowScore other = model.score(with(row, "unit", "USD"));
    assertThat(other.isAnomaly()).isTrue();
    assertThat(other.reasons().get(0).note()).isEqualTo("always the same in training");
    RowScore missing = model.score(Map.of());
    assertThat(missing.value()).isZero();
  }

  @Test
  void missingCellsAreFilledAndOthersStay() {
    int right = 0;
    for (Map<String, Object> row : HELD_OUT) {
      Map<String, Object> holed = new HashMap<>(row);
      holed.remove("job");
      Map<String, Object> filled = model.impute(holed);
      right += row.get("job").equals(filled.get("job")) ? 1 : 0;
      filled.remove("job");
      assertThat(filled).isEqualTo(holed);
    }
    assertThat(right).isGreaterThan(100); // of 200; by chance 67
    INDArray holed = Nd4j.createFromArray(new float[][] {columns.features(Map.of("age", 30))});
    float salary = stack.impute(holed).getFloat(0, 1);
    assertThat(Double.parseDouble(model.reconstruct(Map.of("age", 30)).get("salary")))
        .isCloseTo(model.table().scales().get("salary").original(salary), within(1.0));
  }

  @Test
  void theFileIsTheSameModelToTheBit() throws IOException {
    Path file = folder.resolve("model.zip");
    model.save(file);
    assertThat(TableModel.isIn(file)).isTrue();
    TableModel read = TableModel.load(file);
    for (Map<String, Object> row : Workers.rows(20, 6)) {
      assertThat(read.score(row).value()).isEqualTo(model.score(row).value());
      assertThat(read.score(row).reasons(5)).isEqualTo(model.score(row).reasons(5));
      assertThat(read.encode(row)).isEqualTo(model.encode(row));
      assertThat(read.reconstruct(row)).isEqualTo(model.reconstruct(row));
      assertThat(read.predict(row)).isEqualTo(model.predict(row));
    }
    assertThat(read.impute(Map.of())).isEqualTo(model.impute(Map.of()));
    assertThat(read.threshold()).isEqualTo(model.threshold());
    assertThat(read.withContamination(0.1).threshold())
        .isEqualTo(model.withContamination(0.1).threshold())
        .isLessThan(model.threshold());
    Path again = folder.resolve("again.zip");
    read.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
    INDArray x = Nd4j.createFromArray(features(HELD_OUT));
    assertThat(StackedDenoisingAutoEncoder.load(file).encode(x)).isEqualTo(stack.encode(x));
  }

  /** By plain arrays here, by ND4J's there. */
  @Test
  void errorsAndFilledCellsAreThoseOfTheStack() {
    MixedColumns mixed = MixedColumns.of(People.SCHEMA); // a binary column as well
    float[][] x = People.TABLE.features(People.ROWS).toFloatMatrix();
    x[1][0] = Float.NaN;
    StackedDenoisingAutoEncoder small =
        StackedDenoisingAutoEncoder.builder(People.SCHEMA.width(), 8)
            .visible(Activation.IDENTITY, People.SCHEMA.loss())
            .missingAllowed(true)
            .dataType(DataType.FLOAT)
            .seed(2)
            .build();
    INDArray rows = Nd4j.createFromArray(x);
    float[][] z = small.reconstruct(rows).toFloatMatrix();
    float[][] expected = People.SCHEMA.loss().expected(small.reconstruct(rows)).toFloatMatrix();
    INDArray errors = small.reconstructionErrorPerFeature(rows);
    for (int row = 0; row < x.length; row++) {
      float sum = 0;
      for (float error : mixed.errors(z[row], x[row])) {
        sum += error;
      }
      assertThat(sum).isCloseTo(errors.getRow(row).sumNumber().floatValue(), within(1e-5f));
      assertThat(mixed.expected(z[row].clone()))
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(expected[row]);
    }
    StackNetworks networks = (StackNetworks) model.networks();
    float[] holed = columns.features(Map.of("age", 30, "job", "clerk"));
    INDArray filled = stack.impute(Nd4j.createFromArray(new float[][] {holed}));
    assertThat(networks.expected(holed)[1]).isCloseTo(filled.getFloat(0, 1), within(1e-5f));
  }

  @Test
  void theOnnxFileGivesTheSame() throws IOException {
    Path file = folder.resolve("people.onnx");
    model.exportOnnx(file);
    List<Map<String, Object>> rows = HELD_OUT.subList(0, 20);
    float[][] x = new float[rows.size()][5];
    for (int row = 0; row < x.length; row++) {
      float[] words = columns.features(rows.get(row));
      x[row] =
          new float[] {
            ((Number) rows.get(row).get("age")).floatValue(),
            ((Number) rows.get(row).get("salary")).floatValue(),
            words[2],
            words[3],
            words[4]
          };
    }
    x[0][0] = 1e9f; // far beyond what the stack gets
    Map<String, INDArray> outputs = OnnxRows.outputs(file, Nd4j.createFromArray(x));
    assertThat(outputs).containsOnlyKeys("code", "reconstruction", "prediction");
    for (int row = 0; row < x.length; row++) {
      Map<String, Object> cells = with(rows.get(row), "age", x[row][0]);
      OnnxRows.assertSame(
          outputs.get("code").getRow(row), Nd4j.createFromArray(model.encode(cells)));
      assertThat(outputs.get("prediction").getDouble(row, 1))
          .isCloseTo(model.predict(cells).probabilities().get("yes"), within(1e-5));
      assertThat(outputs.get("reconstruction").getDouble(row, 1))
          .isCloseTo(Double.parseDouble(model.reconstruct(cells).get("salary")), within(1.0));
    }
  }

  @Test
  void damagedFilesAreRefusedInOneSentence() throws IOException {
    byte[] attachment = TableModelFile.bytes(model);
    Random random = new Random(1);
    Path file = folder.resolve("damaged.zip");
    int refused = 0;
    for (int trial = 0; trial < 60; trial++) {
      byte[] damaged =
          Arrays.copyOf(attachment, attachment.length - random.nextInt(2) * random.nextInt(200));
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      TableModelFile.write(file, stack, damaged);
      try {
        assertThat(TableModel.load(file).score(Map.of("age", 30)).value()).isNotNaN();
      } catch (IOException e) {
        assertThat(e.getMessage()).startsWith("Cannot load " + file + ": ").doesNotContain("\n");
        refused++;
      } catch (TableException e) {
        assertThat(e.getMessage()).contains("which the model does not know"); // a damaged name
      }
    }
    assertThat(refused).isGreaterThan(20);
    StackedDenoisingAutoEncoder other =
        StackedDenoisingAutoEncoder.builder(7, 3).missingAllowed(true).build();
    TableModelFile.write(file, other, attachment);
    assertThatThrownBy(() -> TableModel.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("TableColumns stack nIn must be the number of features, 5, got 7");
  }

  @Test
  void aStackThatIsTrainedFurtherDoesNotChangeTheModel() {
    StackedDenoisingAutoEncoder other = stack(columns, 2, Activation.SOFTMAX).build();
    float[][] rows = features(HELD_OUT);
    TableModel before = columns.model(other, rows, 0.02);
    float[] code = before.encode(TRAIN.get(0));
    other.pretrain(Nd4j.createFromArray(rows), 1);
    assertThat(before.encode(TRAIN.get(0))).isEqualTo(code);
  }

  @Test
  void whoeverChangesItsStackDoesNotChangeTheModel() throws IOException {
    TableModelTest.requireOwnStack(model, folder);
    StackedDenoisingAutoEncoder named =
        StackedDenoisingAutoEncoder.of(stack.network(), null, Map.of("of", "workers"));
    TableModel ofNamed = columns.model(named, features(HELD_OUT), 0.02);
    Path file = folder.resolve("named.zip");
    ofNamed.save(file);
    assertThat(TableModel.load(file).stack().properties()).containsEntry("of", "workers");
  }

  @Test
  void aNumberIsToldInItsUnits() {
    TableColumns ofSalary = columns("salary");
    StackedDenoisingAutoEncoder told = stack(ofSalary, 1, Activation.IDENTITY).build();
    float[][] x = TRAIN.stream().map(ofSalary::features).toArray(float[][]::new);
    float[][] y = new float[x.length][1];
    for (int row = 0; row < y.length; row++) {
      y[row][0] = ofSalary.label(TRAIN.get(row));
    }
    told.fineTune(
        new FineTuner.Builder().epochs(40).build(),
        new ViewIterator(new DataSet(Nd4j.createFromArray(x), Nd4j.createFromArray(y)), 20));
    TableModel salaries = ofSalary.model(told, x, 0.01);
    double error = 0;
    for (Map<String, Object> row : HELD_OUT) {
      double salary = Double.parseDouble(salaries.predict(row).label());
      error += Math.abs(salary - ((Number) row.get("salary")).doubleValue()) / HELD_OUT.size();
    }
    assertThat(error).isLessThan(3000); // their standard deviation is 9000
  }

  @Test
  void withoutAnOutputLayerThereIsNoPrediction() {
    StackedDenoisingAutoEncoder codes = stack(columns, 2, Activation.SOFTMAX).output(null).build();
    TableModel without = columns.model(codes, features(HELD_OUT), 0.02);
    assertThat(without.label()).isEmpty();
    assertThatThrownBy(() -> without.predict(TRAIN.get(0)))
        .hasMessage("the model has no label; train it with one to predict");
  }

  @Test
  void theBytesAreTheSameColumns() throws IOException {
    for (TableColumns each : List.of(columns, columns("salary"))) {
      TableColumns read = TableColumns.of(each.toBytes());
      assertThat(read.schema()).isEqualTo(each.schema());
      assertThat(read.classes()).isEqualTo(each.classes());
      for (Map<String, Object> row : HELD_OUT) {
        assertThat(read.features(row)).isEqualTo(each.features(row));
        assertThat(read.label(row)).isEqualTo(each.label(row));
      }
      assertThat(read.toBytes()).isEqualTo(each.toBytes());
    }
  }

  @Test
  void damagedBytesAreRefusedInOneSentence() throws IOException {
    byte[] bytes = columns.toBytes();
    Random random = new Random(1);
    int refused = 0;
    for (int trial = 0; trial < 300; trial++) {
      byte[] damaged =
          Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(bytes.length));
      for (int i = 0; i < random.nextInt(4) && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        TableColumns.of(damaged).features(Map.of());
      } catch (IOException e) {
        assertThat(e.getMessage())
            .startsWith("Cannot read columns of a table: ")
            .doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
    String wide =
        new String(bytes, StandardCharsets.UTF_8)
            .replaceAll("\"kind\" : \"numeric\"", "\"kind\" : \"hashed\", \"width\" : 2000000000");
    for (String text : List.of("", "null", "[]", "{}", "{\"version\" : 3}", wide)) {
      assertThatThrownBy(() -> TableColumns.of(text.getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot read columns of a table: ");
    }
  }

  @Test
  void aStackThatDoesNotFitIsRefusedByTheRule() {
    int width = columns.schema().width();
    refused(
        stack(columns, 2, Activation.SOFTMAX).missingAllowed(false),
        "TableColumns stack must allow missing cells (StackBuilder.missingAllowed), got false");
    refused(
        StackedDenoisingAutoEncoder.builder(3, 4)
            .visible(
                Activation.IDENTITY,
                new MixedColumnsLoss(new ColumnBlock(ColumnBlock.Kind.NUMERIC, 3)))
            .missingAllowed(true),
        "TableColumns stack nIn must be the number of features, 5, got 3");
    refused(
        stack(columns, 2, Activation.SOFTMAX)
            .visible(
                Activation.IDENTITY,
                new MixedColumnsLoss(new ColumnBlock(ColumnBlock.Kind.NUMERIC, width))),
        "TableColumns stack reconstruction loss must be that of the schema, "
            + columns.schema().loss()
            + ", got MixedColumnsLoss[blocks=[ColumnBlock[kind=NUMERIC, width=5]]]");
    refused(
        stack(columns, 2, Activation.SOFTMAX).normalization(new ImagePreProcessingScaler()),
        "TableColumns stack must have no normalization, for features have units already, got"
            + " ImagePreProcessingScaler");
    refused(
        stack(columns, 3, Activation.SOFTMAX),
        "TableColumns stack output must be 2 softmax of label 'member', got 3 softmax");
    refused(
        stack(columns, 1, Activation.IDENTITY),
        "TableColumns stack output must be 2 softmax of label 'member', got 1 identity");
  }

  private static void refused(StackBuilder wrong, String message) {
    StackedDenoisingAutoEncoder built = wrong.build();
    float[][] rows = features(HELD_OUT);
    assertThatThrownBy(() -> columns.model(built, rows, 0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void rowsThatCannotBeMeasuredAreRefused() {
    float[][] few = features(HELD_OUT.subList(0, 7));
    assertThatThrownBy(() -> columns.model(stack, few, 0.01))
        .hasMessage("TableColumns rows must be at least 8, got 7");
    assertThatThrownBy(() -> columns.model(stack, new float[8][4], 0.01))
        .hasMessage("TableColumns rows must have 5 features, got 4");
    assertThatThrownBy(() -> columns.model(stack, features(HELD_OUT), 0.6))
        .hasMessage("TableModel contamination must be in (0, 0.5], got 0.6");
    float[][] unknown = features(HELD_OUT);
    for (float[] row : unknown) {
      row[0] = Float.NaN;
    }
    assertThatThrownBy(() -> columns.model(stack, unknown, 0.01))
        .hasMessage(
            "TableColumns rows must have a value for column '%s', got none in %d rows"
                .formatted(columns.schema().columns().get(0).name(), unknown.length));
    StackedDenoisingAutoEncoder diverged = stack(columns, 2, Activation.SOFTMAX).build();
    diverged.network().params().assign(Float.NaN);
    assertThatThrownBy(() -> columns.model(diverged, features(HELD_OUT), 0.01))
        .hasMessage("TableColumns stack must have finite errors of all rows, got NaN of row 1");
  }
}
