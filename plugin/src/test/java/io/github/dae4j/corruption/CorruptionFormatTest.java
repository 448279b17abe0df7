package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.SigmoidSchedule;
import org.nd4j.linalg.schedule.StepSchedule;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class CorruptionFormatTest {

  private static final ObjectMapper JSON = NeuralNetConfiguration.mapper();
  private static final ObjectMapper YAML = NeuralNetConfiguration.mapperYaml();

  static Stream<Corruption> corruptions() {
    ScheduleType epochs = ScheduleType.EPOCH;
    Stream<ISchedule> schedules =
        Stream.of(
            new FixedSchedule(0.3),
            new StepSchedule(epochs, 0.4, 0.5, 10),
            new ExponentialSchedule(epochs, 0.4, 0.9),
            new InverseSchedule(epochs, 0.4, 0.1, 1),
            new PolySchedule(epochs, 0.4, 2, 100),
            new SigmoidSchedule(epochs, 0.4, 0.1, 10),
            new CycleSchedule(ScheduleType.ITERATION, 0.5, 20),
            new MapSchedule(epochs, Map.of(0, 0.5, 10, 0.2)));
    return Stream.concat(
        CorruptionCase.all().map(CorruptionCase::corruption),
        schedules.map(schedule -> new ScheduledCorruption(new GaussianCorruption(0.1), schedule)));
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void comesBackEqualFromJsonYamlAndJavaSerialization(Corruption corruption) throws Exception {
    for (ObjectMapper mapper : new ObjectMapper[] {JSON, YAML}) {
      String text = mapper.writeValueAsString(corruption);
      Corruption read = mapper.readValue(text, Corruption.class);
      assertThat(read).isEqualTo(corruption).hasSameHashCodeAs(corruption);
      assertThat(read).hasToString(corruption.toString());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(corruption);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(corruption);
    }
  }

  @Test
  void isStoredByClassNameAndReadableProperties() throws Exception {
    Corruption corruption =
        new PerColumnCorruption(
            CorruptionCase.boxed(0.1, 0.2, 0.2),
            ColumnGroups.ofWidths(1, 2),
            new MaskingCorruption(1, 0.5));
    assertThat(JSON.readTree(JSON.writeValueAsString(corruption)))
        .isEqualTo(
            JSON.readTree(
                """
                {"@class": "io.github.dae4j.corruption.PerColumnCorruption",
                 "levels": [0.1, 0.2, 0.2],
                 "columnGroups": [0, 1, 1],
                 "corruption": {"@class": "io.github.dae4j.corruption.MaskingCorruption",
                                "level": 1.0, "fill": [0.5]}}
                """));
  }

  @Test
  void whatMayBeLeftOutMayBeLeftOut() throws Exception {
    assertThat(read("PerColumnCorruption", "\"levels\": [0.1, 0]"))
        .isEqualTo(new PerColumnCorruption(0.1, 0));
    assertThat(read("SwapCorruption", "\"level\": 1")).isEqualTo(new SwapCorruption(1));
    assertThat(read("MaskingCorruption", "\"level\": 1")).isEqualTo(new MaskingCorruption(1));
    assertThat(read("ExactMaskingCorruption", "\"level\": 0.5"))
        .isEqualTo(new ExactMaskingCorruption(0.5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MaskingCorruption       | "level": 1.5   | MaskingCorruption level must be in [0, 1], got 1.5
          MaskingCorruption       | "level": "NaN" | MaskingCorruption level must be in [0, 1], got NaN
          ExactMaskingCorruption  | "level": -1    | ExactMaskingCorruption level must be in [0, 1], got -1.0
          SaltAndPepperCorruption | "level": 1.5, "min": 0, "max": 1 | SaltAndPepperCorruption level must be in [0, 1], got 1.5
          SwapCorruption          | "level": 1.5   | SwapCorruption level must be in [0, 1], got 1.5
          PerColumnCorruption     | "levels": [2]  | PerColumnCorruption level of column 0 must be in [0, 1], got 2.0
          PerColumnCorruption     | "level": [1]   | PerColumnCorruption levels must be given
          ComposedCorruption      | "list": []     | ComposedCorruption corruptions must be given
          ScheduledCorruption     | "level": 1     | ScheduledCorruption corruption must be given
          MaskingCorruption       | "levl": 0.5    | Missing required creator property 'level'
          SaltAndPepperCorruption | "level": 0.5   | Missing required creator property 'min'
          GaussianCorruption      | "level": 0.5   | Missing required creator property 'standardDeviation'
          """)
  void saysWhatIsWrongWithAStoredCorruption(String name, String property, String message) {
    assertThatThrownBy(() -> read(name, property)).hasMessageContaining(message);
  }

  private static Corruption read(String name, String properties) throws Exception {
    String type = Corruption.class.getPackageName() + "." + name;
    return JSON.readValue("{\"@class\": \"%s\", %s}".formatted(type, properties), Corruption.class);
  }
}
