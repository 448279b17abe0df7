package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  record Layer(String name, long seed, List<Double> losses, double best) {}

  record Result(Layer zLayer, Map<String, Integer> counts, boolean finished) {}

  @TempDir Path directory;

  @Test
  void componentsKeepTheirOrderKeysAreSortedAndNaNReadsBack() throws IOException {
    Path file = directory.resolve("out/report.json");
    Layer layer = new Layer("Größe", 89677, List.of(90.5, Double.NaN), Double.NEGATIVE_INFINITY);
    Result result = new Result(layer, Map.of("b", 2, "c", 3, "a", 1), true);

    Report.write(result, file);

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {
              "zLayer" : {
                "name" : "Größe",
                "seed" : 89677,
                "losses" : [ 90.5, "NaN" ],
                "best" : "-Infinity"
              },
              "counts" : {
                "a" : 1,
                "b" : 2,
                "c" : 3
              },
              "finished" : true
            }
            """);
    assertThat(new ObjectMapper().readValue(file.toFile(), Result.class)).isEqualTo(result);
  }
}
