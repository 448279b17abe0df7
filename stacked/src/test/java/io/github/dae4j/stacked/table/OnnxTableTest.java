package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.dae4j.stacked.OnnxRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** A table model beside its ONNX file, which gets features made from names alone. */
class OnnxTableTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Map<String, Object>> ROWS = rows();

  @TempDir private Path folder;

  private static List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> worker : Workers.rows(120, 1)) {
      Map<String, Object> row = new LinkedHashMap<>(worker);
      row.put("hour", "%02d:30".formatted(rows.size() % 24));
      rows.add(row);
    }
    rows.get(3).put("age", 1e9); // far beyond the bounds of what the networks get
    return rows;
  }

  private static TableModel model(String label) {
    return TableModel.builder().updates(60).units(24).withoutDetector().label(label).fit(ROWS);
  }

  private Map<String, String> export(TableModel model, Path file) throws IOException {
    model.exportOnnx(file);
    Map<String, String> metadata = new TreeMap<>();
    ModelProto.parseFrom(Files.readAllBytes(file))
        .getMetadataPropsList()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return metadata;
  }

  /** What a program in another language does, with the names of the features alone. */
  private static INDArray features(List<?> names, List<Map<String, Object>> rows) {
    float[][] x = new float[rows.size()][names.size()];
    for (int row = 0; row < x.length; row++) {
      for (int i = 0; i < x[row].length; i++) {
        String[] name = names.get(i).toString().split("=|: ");
        Object cell = rows.get(row).get(name[0]);
        x[row][i] =
            name.length == 1
                ? ((Number) cell).floatValue()
                : name[0].equals("hour") ? partOfHour(cell, name[1]) : name[1].equals(cell) ? 1 : 0;
      }
    }
    return Nd4j.createFromArray(x);
  }

  private static float partOfHour(Object time, String part) {
    double turn = 2 * Math.PI * LocalTime.parse(time.toString()).toSecondOfDay() / 86_400;
    return (float) (part.startsWith("sine") ? Math.sin(turn) : Math.cos(turn));
  }

  @Test
  void rowsGiveWhatTheModelGives() throws IOException {
    TableModel model = model("member");
    Path file = folder.resolve("people.onnx");
    Map<String, String> metadata = export(model, file);
    List<?> names = JSON.readValue(metadata.get("features"), List.class);
    Map<String, INDArray> outputs = OnnxRows.outputs(file, features(names, ROWS));
    assertThat(outputs).containsOnlyKeys("code", "reconstruction", "prediction");
    List<?> classes = JSON.readValue(metadata.get("classes"), List.class);
    assertThat(classes).asString().isEqualTo("[no, yes]");
    assertThat(metadata).containsEntry("label", "member");
    for (int row = 0; row < ROWS.size(); row++) {
      Map<String, Object> cells = new LinkedHashMap<>(ROWS.get(row));
      OnnxRows.assertSame(
          outputs.get("code").getRow(row), Nd4j.createFromArray(model.encode(cells)));
      Map<String, Double> probabilities = model.predict(cells).probabilities();
      for (int i = 0; i < classes.size(); i++) {
        assertThat(outputs.get("prediction").getDouble(row, i))
            .isCloseTo(probabilities.get(classes.get(i)), offset(1e-5));
      }
    }
  }

  /** Most rows have no label, so that the known ones are spread over the nearest rows. */
  @Test
  void fewLabelsAreSpreadAsTheModelSpreadsThem() throws IOException {
    List<Map<String, Object>> few = new ArrayList<>();
    for (Map<String, Object> row : ROWS) {
      Map<String, Object> person = new LinkedHashMap<>(row);
      person.replace("member", few.size() < 30 ? row.get("member") : null);
      few.add(person);
    }
    TableModel model =
        TableModel.builder().updates(60).units(24).withoutDetector().label("member").fit(few);
    Path file = folder.resolve("few.onnx");
    List<?> names = JSON.readValue(export(model, file).get("features"), List.class);
    INDArray told = OnnxRows.outputs(file, features(names, ROWS)).get("prediction");
    for (int row = 0; row < ROWS.size(); row++) {
      assertThat(told.getDouble(row, 1))
          .isCloseTo(model.predict(ROWS.get(row)).probabilities().get("yes"), offset(1e-5));
    }
  }

  @Test
  void reconstructionsAreNumbersInUnitsAndProbabilities() throws IOException {
    TableModel model = model("member");
    Path file = folder.resolve("people.onnx");
    List<?> names = JSON.readValue(export(model, file).get("features"), List.class);
    INDArray z = OnnxRows.outputs(file, features(names, ROWS)).get("reconstruction");
    int words = names.indexOf("job=clerk");
    for (int row = 0; row < ROWS.size(); row++) {
      Map<String, String> expected = model.reconstruct(ROWS.get(row));
      double salary = z.getDouble(row, names.indexOf("salary"));
      assertThat(salary).isCloseTo(Double.parseDouble(expected.get("salary")), offset(1.0));
      INDArray jobs = z.getRow(row).get(NDArrayIndex.interval(words, words + 3));
      assertThat(jobs.sumNumber().doubleValue()).isCloseTo(1, offset(1e-5));
      assertThat(names.get(words + jobs.argMax().getInt(0)))
          .isEqualTo("job=" + expected.get("job"));
    }
  }

  @Test
  void aNumberIsPredictedInItsUnits() throws IOException {
    TableModel model = model("salary");
    Path file = folder.resolve("salary.onnx");
    Map<String, String> metadata = export(model, file);
    assertThat(metadata).containsEntry("classes", "[]");
    List<?> names = JSON.readValue(metadata.get("features"), List.class);
    INDArray salaries = OnnxRows.outputs(file, features(names, ROWS)).get("prediction");
    assertThat(salaries.shape()).containsExactly(120, 1);
    for (int row = 0; row < ROWS.size(); row++) {
      assertThat(salaries.getDouble(row, 0))
          .isCloseTo(Double.parseDouble(model.predict(ROWS.get(row)).label()), offset(0.51));
    }
  }

  /** Of seconds since 1970 a float has every 128th, of degrees in a town every 0.4 m. */
  @Test
  void numbersThatAFloatDoesNotHoldAreDoubles() throws IOException {
    Map<String, DataType> types =
        Map.of("seconds", DataType.DOUBLE, "latitude", DataType.DOUBLE, "year", DataType.FLOAT);
    for (String large : types.keySet()) {
      for (String label : List.of("load", large)) {
        List<Map<String, Object>> rows = large(large);
        TableModel model =
            TableModel.builder().updates(60).units(8).withoutDetector().label(label).fit(rows);
        Path file = folder.resolve(large + ".onnx");
        List<?> names = JSON.readValue(export(model, file).get("features"), List.class);
        double[][] x = new double[rows.size()][names.size()];
        for (int row = 0; row < x.length; row++) {
          for (int i = 0; i < names.size(); i++) {
            x[row][i] = ((Number) rows.get(row).get(names.get(i).toString())).doubleValue();
          }
        }
        Map<String, INDArray> outputs = OnnxRows.outputs(file, Nd4j.createFromArray(x));
        DataType ofLarge = types.get(large);
        DataType ofOthers = DataType.FLOAT;
        boolean isInput = label.equals("load");
        assertThat(outputs.get("code").dataType()).isEqualTo(ofOthers);
        assertThat(outputs.get("reconstruction").dataType())
            .isEqualTo(isInput ? ofLarge : ofOthers);
        assertThat(outputs.get("prediction").dataType()).isEqualTo(isInput ? ofOthers : ofLarge);
        for (int row = 0; row < x.length; row++) {
          OnnxRows.assertSame(
              outputs.get("code").getRow(row), Nd4j.createFromArray(model.encode(rows.get(row))));
          String told =
              isInput
                  ? model.reconstruct(rows.get(row)).get(large)
                  : model.predict(rows.get(row)).label();
          double number =
              isInput
                  ? outputs.get("reconstruction").getDouble(row, names.indexOf(large))
                  : outputs.get("prediction").getDouble(row, 0);
          assertThat(number)
              .as(large)
              .isCloseTo(Double.parseDouble(told), offset(0.51 * unit(large)));
        }
      }
    }
  }

  /** Of the last digit that the column is written with. */
  private static double unit(String large) {
    return large.equals("latitude") ? 1e-6 : 1;
  }

  private static List<Map<String, Object>> large(String large) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < 120; row++) {
      long seconds = 1_700_000_000L + 617L * row % 3600;
      rows.add(
          Map.of(
              large,
              switch (large) {
                case "seconds" -> seconds;
                case "latitude" -> Math.rint(48e6 + seconds % 20_000) / 1e6;
                default -> 2000 + row % 23;
              },
              "load",
              row % 23 + 0.5 * (row % 7),
              "width",
              row % 17 + 0.25 * (row % 5)));
    }
    return rows;
  }

  @Test
  void aMissingCellIsAsUsual() throws IOException {
    TableModel model = model("salary");
    Path file = folder.resolve("people.onnx");
    List<?> names = JSON.readValue(export(model, file).get("features"), List.class);
    INDArray usual = features(names, ROWS.subList(0, 1));
    INDArray holed = usual.dup();
    TableNet net = ((FittedNetworks) model.networks()).net();
    for (int i = names.indexOf("job=clerk"); i < names.indexOf("job=clerk") + 3; i++) {
      holed.putScalar(0, i, Float.NaN);
      usual.putScalar(0, i, net.mean()[i]); // words have no units
    }
    Map<String, INDArray> outputs = OnnxRows.outputs(file, holed);
    OnnxRows.assertSame(outputs.get("code"), OnnxRows.outputs(file, usual).get("code"));
  }
}
